using Petrel.Api.Resources;

namespace Petrel.Api.Networking;

/// <summary>A network policy as a row.</summary>
internal static class NetworkPolicyTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Pod-Selector", Description:
            "Selects the pods to which this NetworkPolicy object applies.  The array of ingress rules is applied to any pods selected by this field. Multiple "
            + "network policies can select the same set of pods.  In this case, the ingress rules for each are combined additively. This field is NOT optional and "
            + "follows standard label selector semantics. An empty podSelector matches all pods in this namespace."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(NetworkPolicy policy, DateTimeOffset now) =>
        [policy.Metadata.Name, TableText.Selector(policy.Spec.PodSelector), TableText.Age(policy.Metadata.CreationTimestamp, now)];
}
