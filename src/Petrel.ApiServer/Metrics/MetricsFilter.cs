using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Metrics;

/// <summary>Counts and times every request, whoever refuses or answers it further down.</summary>
internal sealed class MetricsFilter(RequestMetrics metrics, ResourceRegistry registry, TimeProvider time) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        var info = request.Info;
        var isConnection = info.Subresource is "exec" or "attach" or "portforward" or "proxy";
        var labels = LabelsOf(context.Request, info, isConnection);
        var running = info.IsLongRunning ? metrics.LongRunning(labels) : null;
        var started = time.GetTimestamp();
        running?.Increment();
        try
        {
            await next(context);
        }
        finally
        {
            running?.Decrement();
            metrics.Ended(labels, context.Response.StatusCode, time.GetElapsedTime(started), request.Waited, request.AnswerBytes);
            if (request.User.Name == Components.ApiServer.Name)
            {
                metrics.Self(labels);
            }

            if (labels.Resource.Length > 0 && registry.Find(info.Group, info.Version, info.Resource)?.Info.Deprecation is { } deprecation)
            {
                metrics.Deprecated(labels, deprecation.Removed?.TrimStart('v') ?? "");
            }

            if (request.WasAborted)
            {
                metrics.Aborted(labels);
            }

            if (request.BodyBytes is { } bytes && labels.Resource.Length > 0)
            {
                metrics.Read(labels, info.Verb, bytes);
            }

            if (request.WasTerminated)
            {
                metrics.Terminated(labels, context.Response.StatusCode);
            }
        }
    }

    private RequestLabels LabelsOf(HttpRequest request, RequestInfo info, bool isConnection)
    {
        if (!info.IsResource || registry.Find(info.Group, info.Version, info.Resource) is not { } endpoint)
        {
            // Names that clients make up are nobody's labels.
            return new(MethodOf(request.Method), "", "", "", "", "", "");
        }

        var subresource = endpoint.Info.Subresources.FirstOrDefault(candidate => candidate.Name == info.Subresource)?.Name ?? "";
        var scope = info.Name.Length > 0 || info.Verb == "create" ? "resource" : info.Namespace.Length > 0 ? "namespace" : "cluster";
        var verb = info.Verb switch
        {
            _ when isConnection => "CONNECT",
            "get" => "GET",
            "list" => "LIST",
            "watch" => "WATCH",
            "create" => "POST",
            "update" => "PUT",
            "patch" => request.ContentType?.StartsWith("application/apply-patch", StringComparison.Ordinal) == true ? "APPLY" : "PATCH",
            "delete" => "DELETE",
            "deletecollection" => "DELETECOLLECTION",
            _ => MethodOf(request.Method),
        };
        var isDryRun = request.QueryString.HasValue && verb is not ("GET" or "LIST" or "WATCH") && request.Query["dryRun"] == "All";
        return new(verb, isDryRun ? "All" : "", endpoint.Info.Group, endpoint.Info.Version, endpoint.Info.Resource, subresource, scope);
    }

    private static string MethodOf(string method) => method switch
    {
        "GET" or "HEAD" => "GET",
        "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => method,
        _ => "other",
    };
}
