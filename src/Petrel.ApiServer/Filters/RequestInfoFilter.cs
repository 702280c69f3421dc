using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Filters;

/// <summary>Reads what the request asks for and gives it the context that all later steps share.</summary>
internal sealed class RequestInfoFilter : IRequestFilter
{
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        context.Features.Set(new RequestContext { Info = RequestInfoParser.Parse(context.Request) });
        return next(context);
    }
}
