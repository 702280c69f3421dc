using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Verbs;

namespace Petrel.ApiServer.Subresources;

/// <summary>/status and its like: the whole object is read and sent, of which only one part can be changed.</summary>
internal sealed class PartSubresource(string name, IVerb patch) : ISubresource
{
    private readonly Get _get = new();
    private readonly Update _update = new();

    public string Name => name;

    public Type? Kind => null;

    public Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint) => context.Request.Method switch
    {
        "GET" => _get.InvokeAsync(context, request, endpoint),
        "PUT" => _update.InvokeAsync(context, request, endpoint),
        "PATCH" => patch.InvokeAsync(context, request, endpoint),
        _ => throw ResourceDispatch.NotAllowed(),
    };
}
