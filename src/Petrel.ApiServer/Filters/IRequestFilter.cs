using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Filters;

/// <summary>One step of the request pipeline. It answers itself or passes the request on.</summary>
public interface IRequestFilter
{
    Task InvokeAsync(HttpContext context, RequestDelegate next);
}
