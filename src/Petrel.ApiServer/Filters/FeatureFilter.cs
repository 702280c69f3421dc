using Microsoft.AspNetCore.Http;
using Petrel.Api.Features;

namespace Petrel.ApiServer.Filters;

/// <summary>Everything that a request meets sees the features of this server.</summary>
internal sealed class FeatureFilter(FeatureGates features) : IRequestFilter
{
    // Asynchronous, so that the caller's own gates are what they were when the request is over.
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        FeatureGates.Current = features;
        await next(context);
    }
}
