using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Requests;
using Petrel.Metrics;

namespace Petrel.ApiServer.Metrics;

/// <summary>/metrics: everything that the process counts, in the text format of Prometheus.</summary>
internal sealed class MetricsPath(MetricRegistry registry) : IPathHandler
{
    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (request.Info.Path != "/metrics")
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
