using System.Globalization;
using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Scheduler.Bench;

/// <summary>The nodes and pods that are measured with.</summary>
internal static class Workloads
{
    private const int Zones = 3;

    private static readonly ApiMap<string> Labels = ApiMap.FromPairs(("app", "bench"));

    public static Node Node(int i)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"node-{i}");
        return new()
        {
            Metadata = new()
            {
                Name = name,
                Labels = ApiMap.FromPairs(("kubernetes.io/hostname", name), ("topology.kubernetes.io/zone", string.Create(CultureInfo.InvariantCulture, $"zone-{i % Zones}"))),
            },
            Status = new() { Allocatable = ApiMap.FromPairs(("cpu", Quantity.Parse("64")), ("memory", Quantity.Parse("256Gi")), ("pods", Quantity.Parse("250"))) },
        };
    }

    public static Pod Pod(int i) => new()
    {
        Metadata = new() { Name = string.Create(CultureInfo.InvariantCulture, $"pod-{i}"), Namespace = "default", Labels = Labels },
        Spec = new()
        {
            AutomountServiceAccountToken = false,
            Containers =
            [
                new() { Name = "c", Image = "bench:1", Resources = new() { Requests = ApiMap.FromPairs(("cpu", Quantity.Parse("100m")), ("memory", Quantity.Parse("128Mi"))) } },
            ],
        },
    };

    public static Pod SpreadOverZones(Pod pod) => pod with
    {
        Spec = pod.Spec with
        {
            TopologySpreadConstraints = [new() { MaxSkew = 1, TopologyKey = "topology.kubernetes.io/zone", WhenUnsatisfiable = "DoNotSchedule", LabelSelector = new() { MatchLabels = Labels } }],
        },
    };

    public static Pod PreferringOtherNodes(Pod pod) => pod with
    {
        Spec = pod.Spec with
        {
            Affinity = new()
            {
                PodAntiAffinity = new()
                {
                    PreferredDuringSchedulingIgnoredDuringExecution =
                        [new() { Weight = 100, PodAffinityTerm = new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = Labels } } }],
                },
            },
        },
    };
}
