using Petrel.Api;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Which labels a node may give itself: those that describe it, and any outside Kubernetes' own domains. Labels by which
/// workloads are kept on trusted nodes are not among them.
/// </summary>
internal static class NodeLabels
{
    private static readonly string[] OwnDomains = ["kubernetes.io", "k8s.io"];
    private static readonly string[] AgentDomains = ["kubelet.kubernetes.io", "node.kubernetes.io"];

    private static readonly HashSet<string> Describing = new(StringComparer.Ordinal)
    {
        "kubernetes.io/hostname",
        "kubernetes.io/os",
        "kubernetes.io/arch",
        "beta.kubernetes.io/os",
        "beta.kubernetes.io/arch",
        "beta.kubernetes.io/instance-type",
        "failure-domain.beta.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region",
        "failure-domain.kubernetes.io/zone",
        "failure-domain.kubernetes.io/region",
        "topology.kubernetes.io/zone",
        "topology.kubernetes.io/region",
    };

    /// <summary>The labels that differ and that a node may not set, change or remove, in order.</summary>
    public static IReadOnlyList<string> ForbiddenChanges(ApiMap<string> labels, ApiMap<string> old) =>
    [
        .. labels.Keys.Union(old.Keys)
            .Where(key => !labels.TryGetValue(key, out var now) || !old.TryGetValue(key, out var before) || now != before)
            .Where(IsForbidden)
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsForbidden(string label)
    {
        var slash = label.IndexOf('/', StringComparison.Ordinal);
        var domain = slash < 0 ? "" : label[..slash];
        return OwnDomains.Any(own => IsIn(domain, own)) && !Describing.Contains(label) && !AgentDomains.Any(agent => IsIn(domain, agent));
    }

    private static bool IsIn(string domain, string parent) => domain == parent || domain.EndsWith("." + parent, StringComparison.Ordinal);
}
