using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>Why nothing of a pod may run any longer.</summary>
/// <param name="Reason">Of the pod's status; empty for a deletion.</param>
/// <param name="Message">Of the pod's status.</param>
/// <param name="Grace">Time for its containers to end.</param>
/// <param name="Fails">The pod has failed, however its containers end.</param>
/// <param name="IsRefusal">The node did not take the pod: nothing of it has ever run.</param>
internal sealed record PodEnding(string Reason, string Message, TimeSpan Grace, bool Fails, bool IsRefusal = false)
{
    /// <summary>Reason of pods that the node ended to save itself.</summary>
    public const string EvictedReason = "Evicted";

    /// <summary>Told with the pod's status; null for none.</summary>
    public PodCondition? Condition { get; init; }

    /// <summary>The node is short of something, or the pod uses more than it may (KEP-3329 for the condition).</summary>
    public static PodEnding Evicted(string message, TimeSpan grace) => new(EvictedReason, message, grace, Fails: true)
    {
        Condition = new() { Type = "DisruptionTarget", Status = "True", Reason = "TerminationByKubelet", Message = message },
    };
}
