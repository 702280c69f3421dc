using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>What a request was for, in the terms of upstream's metrics.</summary>
internal readonly record struct RequestLabels(string Verb, string DryRun, string Group, string Version, string Resource, string Subresource, string Scope) : ILabels<RequestLabels>
{
    public const string Component = "apiserver";

    public static IReadOnlyList<string> Names { get; } = ["verb", "dry_run", "group", "version", "resource", "subresource", "scope", "component"];

    public IReadOnlyList<string> Values() => [Verb, DryRun, Group, Version, Resource, Subresource, Scope, Component];
}
