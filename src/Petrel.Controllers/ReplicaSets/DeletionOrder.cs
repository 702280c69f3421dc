using System.Globalization;
using Petrel.Api.Core;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.ReplicaSets;

/// <summary>
/// Which pods of a set go first when there are too many: those that do least. The order is documented with the ReplicaSet
/// ("Scaling a ReplicaSet") and KEP-2255 (deletion cost), KEP-2185 (random choice among pods of similar age).
/// </summary>
internal sealed class DeletionOrder : IComparer<Pod>
{
    private const string CostAnnotation = "controller.kubernetes.io/pod-deletion-cost";

    private readonly Dictionary<string, int> _podsPerNode;
    private readonly DateTimeOffset _now;

    /// <param name="related">Active pods of the same workload, which crowd the nodes they run on.</param>
    public DeletionOrder(IEnumerable<Pod> related, DateTimeOffset now)
    {
        _now = now;
        _podsPerNode = related.Where(static pod => pod.IsActive())
            .GroupBy(static pod => pod.Spec.NodeName, StringComparer.Ordinal)
            .ToDictionary(static pods => pods.Key, static pods => pods.Count(), StringComparer.Ordinal);
    }

    public int Compare(Pod? x, Pod? y)
    {
        var (left, right) = (x!, y!);
        return First(
            (left.Spec.NodeName.Length > 0).CompareTo(right.Spec.NodeName.Length > 0),
            Phase(left).CompareTo(Phase(right)),
            left.IsReady().CompareTo(right.IsReady()),
            Cost(left).CompareTo(Cost(right)),
            Crowd(right).CompareTo(Crowd(left)),
            left.IsReady() ? CompareAge(left, right, left.ReadySince(), right.ReadySince()) : 0,
            Restarts(right).CompareTo(Restarts(left)),
            CompareAge(left, right, left.Metadata.CreationTimestamp, right.Metadata.CreationTimestamp));
    }

    private static int First(params ReadOnlySpan<int> orders)
    {
        foreach (var order in orders)
        {
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int Phase(Pod pod) => pod.Status.Phase switch { "Pending" => 0, "Unknown" => 1, _ => 2 };

    private static int Cost(Pod pod) =>
        int.TryParse(pod.Metadata.Annotations.GetValueOrDefault(CostAnnotation), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cost) ? cost : 0;

    private int Crowd(Pod pod) => _podsPerNode.GetValueOrDefault(pod.Spec.NodeName);

    private static int Restarts(Pod pod)
    {
        var most = 0;
        foreach (var status in pod.Status.ContainerStatuses)
        {
            most = Math.Max(most, status.RestartCount);
        }

        return most;
    }

    /// <summary>Younger first, but ages of the same power of two count as equal and are decided by uid, that is at random.</summary>
    private int CompareAge(Pod left, Pod right, DateTimeOffset? leftSince, DateTimeOffset? rightSince)
    {
        if (leftSince == rightSince)
        {
            return 0;
        }

        var order = Magnitude(leftSince).CompareTo(Magnitude(rightSince));
        return order != 0 ? order : string.CompareOrdinal(left.Metadata.Uid, right.Metadata.Uid);
    }

    private long Magnitude(DateTimeOffset? since)
    {
        var age = _now - (since ?? _now);
        return age > TimeSpan.Zero ? (long)Math.Log2(age.TotalNanoseconds) : -1;
    }
}
