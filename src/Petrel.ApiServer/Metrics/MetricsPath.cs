using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Requests;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>Metrics in the text format of Prometheus.</summary>
/// <param name="path">Where: /metrics for everything that the process counts.</param>
internal sealed class MetricsPath(string path, MetricRegistry registry) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (request.Info.Path != path)
        {
            return false;
        }

        if (context.Request.Method is not ("GET" or "HEAD"))
        {
            throw Verbs.ResourceDispatch.NotAllowed();
        }

        context.Response.ContentType = MetricWriter.ContentType;
        await registry.WriteAsync(context.Response.BodyWriter, context.RequestAborted);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return true;
    }
}
