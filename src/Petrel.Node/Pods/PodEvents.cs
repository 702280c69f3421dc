using Petrel.Api.Core;
using Petrel.Client.Events;

namespace Petrel.Node.Pods;

/// <summary>Events about a pod and its containers, which name the container as upstream does.</summary>
internal sealed class PodEvents(EventRecorder recorder)
{
    public void Normal(Pod pod, string reason, string message) => recorder.Normal(pod, reason, message);

    public void Warning(Pod pod, string reason, string message) => recorder.Warning(pod, reason, message);

    public void Normal(Pod pod, PodContainer container, string reason, string message) =>
        recorder.Record(ObjectReferences.Of(pod, container.FieldPath), "Normal", reason, message);

    public void Warning(Pod pod, PodContainer container, string reason, string message) =>
        recorder.Record(ObjectReferences.Of(pod, container.FieldPath), "Warning", reason, message);
}
