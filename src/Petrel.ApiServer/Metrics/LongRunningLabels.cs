using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>What a watch or stream is for.</summary>
internal readonly record struct LongRunningLabels(string Verb, string Group, string Version, string Resource, string Subresource, string Scope) : ILabels<LongRunningLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["verb", "group", "version", "resource", "subresource", "scope", "component"];

    public IReadOnlyList<string> Values() => [Verb, Group, Version, Resource, Subresource, Scope, RequestLabels.Component];
}
