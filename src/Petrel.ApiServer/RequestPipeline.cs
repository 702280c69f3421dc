using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;

namespace Petrel.ApiServer;

/// <summary>The way of every request, over HTTP and in process: the filters in order, then what answers.</summary>
internal sealed class RequestPipeline
{
    private readonly RequestDelegate _entry;

    /// <param name="filters">First to last; each decides whether the next one sees the request.</param>
    /// <param name="end">Answers what passed all filters.</param>
    public RequestPipeline(IReadOnlyList<IRequestFilter> filters, RequestDelegate end)
    {
        var next = end;
        foreach (var filter in filters.Reverse())
        {
            var inner = next;
            next = context => filter.InvokeAsync(context, inner);
        }

        _entry = next;
    }

    public Task InvokeAsync(HttpContext context) => _entry(context);
}
