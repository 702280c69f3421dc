using Microsoft.AspNetCore.Http;
using Petrel.Api.Resources;
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
        var resource = info.IsResource ? registry.Find(info.Group, info.Version, info.Resource)?.Info : null;
        var labels = LabelsOf(context.Request, info, resource, isConnection);
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

            if (resource?.Deprecation is { } deprecation)
            {
                metrics.Deprecated(labels, deprecation.Removed?.TrimStart('v') ?? "");
            }

            if (request.WasAborted)
            {
                metrics.Aborted(labels);
            }

            if (request.BodyBytes is { } bytes && resource is not null)
            {
                metrics.Read(labels, info.Verb, bytes);
            }

            if (request.WasTerminated)
            {
                metrics.Terminated(labels, context.Response.StatusCode);
            }
        }
    }

    private static RequestLabels LabelsOf(HttpRequest request, RequestInfo info, ResourceInfo? resource, bool isConnection)
    {
        if (resource is null)
        {
            // Names that clients make up are nobody's labels.
            return new(MethodOf(request.Method), "", "", "", "", "", "");
        }

        var subresource = resource.Subresources.FirstOrDefault(candidate => candidate.Name == info.Subresource)?.Name ?? "";
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
        return new(verb, isDryRun ? "All" : "", resource.Group, resource.Version, resource.Resource, subresource, scope);
    }

    private static string MethodOf(string method) => method switch
    {
        "GET" or "HEAD" => "GET",
        "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" => method,
        _ => "other",
    };
}
