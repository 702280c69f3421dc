using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>What a request that the server ended was for.</summary>
/// <param name="Code">As it was answered.</param>
internal readonly record struct TerminationLabels(string Verb, string Group, string Version, string Resource, string Subresource, string Scope, int Code) : ILabels<TerminationLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["verb", "group", "version", "resource", "subresource", "scope", "component", "code"];

    public IReadOnlyList<string> Values() =>
        [Verb, Group, Version, Resource, Subresource, Scope, RequestLabels.Component, Code.ToString(System.Globalization.CultureInfo.InvariantCulture)];
}
