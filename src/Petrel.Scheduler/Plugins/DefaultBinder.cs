using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>Binds through the pod's binding subresource.</summary>
internal sealed class DefaultBinder(IApi api) : IBindPlugin
{
    public string Name => "DefaultBinder";

    public async Task<Verdict> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancellationToken)
    {
        var metadata = pod.Pod.Metadata;
        var binding = new Binding
        {
            // The uid keeps a later pod of the same name from getting this one's node.
            Metadata = new() { Namespace = metadata.Namespace, Name = metadata.Name, Uid = metadata.Uid },
            Target = new() { Kind = "Node", Name = node },
        };
        try
        {
            await api.CreateSubresourceAsync<Pod>(metadata.Namespace, metadata.Name, "binding", binding, cancellationToken);
            return Verdict.Success;
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException)
        {
            // When the server took the binding all the same, the pod's next version says so.
            return Verdict.Error(Name, exception.Message, exception);
        }
    }
}
