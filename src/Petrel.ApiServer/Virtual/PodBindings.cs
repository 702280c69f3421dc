using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Subresources;
using Petrel.ApiServer.Verbs;

namespace Petrel.ApiServer.Virtual;

/// <summary>The bindings of a namespace: the old way to what pods/NAME/binding does, with the pod's name in the body.</summary>
internal sealed class PodBindings(Func<ResourceEndpoint> pods) : IVirtualResource
{
    public Type Kind => typeof(Binding);

    public Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint) =>
        context.Request.Method == "POST" && request.Info is { Name: "", Namespace: not "" }
            ? BindingSubresource.BindAsync(context, request, pods(), endpoint, "")
            : throw ResourceDispatch.NotAllowed();
}
