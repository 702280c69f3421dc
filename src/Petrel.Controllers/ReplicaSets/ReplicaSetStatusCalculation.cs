using Petrel.Api;
using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Selectors;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.ReplicaSets;

/// <summary>The status of a ReplicaSet from its pods.</summary>
internal static class ReplicaSetStatusCalculation
{
    /// <param name="failure">Why pods could not be created or deleted; null when all went well.</param>
    public static ReplicaSetStatus Calculate(ReplicaSet set, IReadOnlyList<Pod> pods, Exception? failure, DateTimeOffset now)
    {
        var template = LabelSelectorExpression.FromLabels(set.Spec.Template.Metadata.Labels);
        return set.Status with
        {
            Replicas = pods.Count,
            FullyLabeledReplicas = pods.Count(pod => template.Matches(pod.Metadata.Labels)),
            ReadyReplicas = pods.Count(static pod => pod.IsReady()),
            AvailableReplicas = pods.Count(pod => pod.IsAvailable(set.Spec.MinReadySeconds, now)),
            ObservedGeneration = set.Metadata.Generation,
            Conditions = Conditions(set, pods.Count, failure, now),
        };
    }

    private static ApiList<ReplicaSetCondition> Conditions(ReplicaSet set, int podCount, Exception? failure, DateTimeOffset now)
    {
        if (failure is null)
        {
            return set.Status.Conditions.RemoveAll(static condition => condition.Type == "ReplicaFailure");
        }

        // The condition stays as first set, so that every try with a new pod name in its message does not write the status.
        return set.Status.Conditions.Any(static condition => condition.Type == "ReplicaFailure")
            ? set.Status.Conditions
            : set.Status.Conditions.Add(new ReplicaSetCondition
            {
                Type = "ReplicaFailure",
                Status = "True",
                LastTransitionTime = now,
                Reason = podCount < (set.Spec.Replicas ?? 1) ? "FailedCreate" : "FailedDelete",
                Message = failure.Message,
            });
    }
}
