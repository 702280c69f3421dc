using Petrel.Api.Core;
using Petrel.Client.Informers;

namespace Petrel.Node.Pods;

/// <summary>The services that containers are told of when they start.</summary>
internal sealed class NodeServices(Informer<Service> services)
{
    public IReadOnlyDictionary<string, string> VariablesOf(Pod pod) =>
        ServiceVariables.Of(services.Cache.List(), pod.Metadata.Namespace, pod.Spec.EnableServiceLinks != false);
}
