using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>What a request is for, where it does not matter whether it is tried only.</summary>
internal readonly record struct PurposeLabels(string Verb, string Group, string Version, string Resource, string Subresource, string Scope) : ILabels<PurposeLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["verb", "group", "version", "resource", "subresource", "scope", "component"];

    public IReadOnlyList<string> Values() => [Verb, Group, Version, Resource, Subresource, Scope, RequestLabels.Component];
}
