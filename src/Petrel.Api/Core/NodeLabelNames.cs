namespace Petrel.Api.Core;

/// <summary>Labels of nodes that Kubernetes has renamed.</summary>
internal static class NodeLabelNames
{
    private static readonly (string Old, string Name, string Since)[] Renamed =
    [
        ("beta.kubernetes.io/arch", "kubernetes.io/arch", "v1.14"),
        ("beta.kubernetes.io/os", "kubernetes.io/os", "v1.14"),
        ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region", "v1.17"),
        ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone", "v1.17"),
        ("beta.kubernetes.io/instance-type", "node.kubernetes.io/instance-type", "v1.17"),
    ];

    /// <summary>The label to use in place of this one; null for one that is not deprecated.</summary>
    public static string? ReplacementOf(string label) => Array.Find(Renamed, entry => entry.Old == label).Name;

    /// <summary>What upstream says to whoever uses the label; null for one that is not deprecated.</summary>
    public static string? Deprecation(string label) =>
        Array.Find(Renamed, entry => entry.Old == label) is { Old: not null } entry ? $"deprecated since {entry.Since}; use \"{entry.Name}\" instead" : null;
}
