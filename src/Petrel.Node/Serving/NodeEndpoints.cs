using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Petrel.Api.Json;

namespace Petrel.Node.Serving;

/// <summary>The kubelet's paths about the node itself, and clear refusals of those that are not served.</summary>
internal static class NodeEndpoints
{
    /// <summary>Paths of a kubelet that this node does not have, and what to use instead.</summary>
    private static readonly (string Path, string Instead)[] NotServed =
    [
        ("/run/{**rest}", "run is not served: use exec"),
        ("/stats/{**rest}", "stats are not served by this node yet"),
        ("/configz", "configz is not served: this node has no kubelet configuration"),
        ("/runningpods", "runningpods is not served: use pods"),
        ("/logs/{**rest}", "the machine's own logs are not served: read them on the machine"),
        ("/checkpoint/{**rest}", "checkpoints are not served"),
        ("/debug/{**rest}", "debug is not served"),
    ];

    public static void MapNode(this IEndpointRouteBuilder endpoints, string node, IPodSource pods)
    {
        endpoints.MapGet("/healthz", static context => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, "ok"));
        endpoints.MapGet("/pods", context => WritePodsAsync(context, pods));
        endpoints.MapGet("/metrics", context => PlainAnswer.WriteAsync(context, StatusCodes.Status200OK, NodeMetrics.Write(node, pods.List()), NodeMetrics.ContentType));
        foreach (var (path, instead) in NotServed)
        {
            endpoints.Map(path, context => PlainAnswer.WriteAsync(context, StatusCodes.Status501NotImplemented, instead + "\n"));
        }
    }

    private static async Task WritePodsAsync(HttpContext context, IPodSource pods)
    {
        context.Response.ContentType = "application/json";
        var output = context.Response.BodyWriter;
        await output.WriteAsync("""{"kind":"PodList","apiVersion":"v1","metadata":{},"items":["""u8.ToArray(), context.RequestAborted);
        var isFirst = true;
        foreach (var pod in pods.List())
        {
            if (!isFirst)
            {
                await output.WriteAsync(","u8.ToArray(), context.RequestAborted);
            }

            isFirst = false;
            await output.WriteAsync(JsonEncoding.Encode(pod), context.RequestAborted);
        }

        await output.WriteAsync("]}\n"u8.ToArray(), context.RequestAborted);
    }
}
