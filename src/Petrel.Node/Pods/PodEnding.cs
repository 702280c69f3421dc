namespace Petrel.Node.Pods;

/// <summary>Why nothing of a pod may run any longer.</summary>
/// <param name="Reason">Of the pod's status; empty for a deletion.</param>
/// <param name="Message">Of the pod's status.</param>
/// <param name="Grace">Time for its containers to end.</param>
/// <param name="Fails">The pod has failed, however its containers end.</param>
/// <param name="IsRefusal">The node did not take the pod: nothing of it has ever run.</param>
internal sealed record PodEnding(string Reason, string Message, TimeSpan Grace, bool Fails, bool IsRefusal = false);
