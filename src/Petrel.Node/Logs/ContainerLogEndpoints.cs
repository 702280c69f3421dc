using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Petrel.Node.Logs;

/// <summary>The kubelet's path for container logs.</summary>
public static class ContainerLogEndpoints
{
    public static IEndpointRouteBuilder MapContainerLogs(
        this IEndpointRouteBuilder endpoints, IContainerLogSource source, ContainerLogReader reader, TimeProvider time)
    {
        endpoints.MapMethods(
            "/containerLogs/{namespace}/{pod}/{container}",
            [HttpMethods.Get],
            context => ReadAsync(context, source, reader, time));
        return endpoints;
    }

    private static async Task ReadAsync(HttpContext context, IContainerLogSource source, ContainerLogReader reader, TimeProvider time)
    {
        var query = LogQuery.Parse(context.Request.Query, time.GetUtcNow());
        if (query.Refusal is not null)
        {
            await RefuseAsync(context, query.Refusal);
            return;
        }

        var log = await source.FindAsync(
            Value(context, "namespace"), Value(context, "pod"), Value(context, "container"), query.Previous, context.RequestAborted);
        if (!log.IsFound)
        {
            await RefuseAsync(context, log.Refusal);
            return;
        }

        // A reader may pause for as long as it likes: kubectl logs into a pager does.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        context.Response.ContentType = "text/plain";
        var failure = await reader.CopyAsync(log.Path, query.Options, context.Response.BodyWriter, log.Ended, context.RequestAborted);
        if (failure is not null && !context.Response.HasStarted)
        {
            await RefuseAsync(context, new LogRefusal(StatusCodes.Status400BadRequest, failure));
        }
        else if (failure is not null)
        {
            // The client must not take half a log for a whole one.
            context.Abort();
        }
    }

    private static string Value(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static Task RefuseAsync(HttpContext context, LogRefusal refusal)
    {
        context.Response.StatusCode = refusal.StatusCode;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(refusal.Message, context.RequestAborted);
    }
}
