using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.Api.Core;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Subresources;

/// <summary>/proxy of pods, services and nodes: whatever follows it is asked of them, with any method.</summary>
internal sealed class ProxySubresource(ProxyTargets targets) : ISubresource
{
    public string Name => "proxy";

    public Type? Kind => null;

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var info = request.Info;
        var kind = endpoint.Type.ClrType;

        // As the client wrote it: %2F is no slash to many backends.
        var raw = RawPath(context);
        var path = RequestInfoParser.AfterSegments(raw, SegmentsToSubresource(info));
        await ConnectAdmission.AdmitAsync(endpoint, request, ConnectOptions.Proxy(endpoint.Info.Kind, Uri.UnescapeDataString(path)), context.RequestAborted);
        var target = kind == typeof(Pod) ? await targets.PodAsync(info.Namespace, info.Name, context.RequestAborted)
            : kind == typeof(Service) ? await targets.ServiceAsync(info.Namespace, info.Name, context.RequestAborted)
            : kind == typeof(Node) ? await targets.NodeAsync(info.Name, context.RequestAborted)
            : throw new StatusException(Statuses.ResourceNotFound());
        await HttpForwarder.RunAsync(context, target, raw[..^path.Length], path);
    }

    private static int SegmentsToSubresource(RequestInfo info) =>
        (info.Group.Length == 0 ? 2 : 3) + (info.HasNamespaceSegment ? 2 : 0) + 3;

    private static string RawPath(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? target : target[..query];
        return path.StartsWith('/') ? path : context.Request.Path.ToUriComponent();
    }
}
