using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Filters;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authorization;

/// <summary>Refuses with a 403 what the user may not do.</summary>
internal sealed class AuthorizationFilter(IAuthorizer authorizer, AuthorizationMetrics metrics, TimeProvider time) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = RequestContext.Of(context);
        var attributes = RequestAttributes.Of(request.User, request.Info, context.Request.Query);
        var started = time.GetTimestamp();
        var decision = await authorizer.AuthorizeAsync(attributes);
        metrics.Ended(decision.Verdict, time.GetElapsedTime(started));
        if (request.Audit is not null)
        {
            request.Annotate("authorization.k8s.io/decision", decision.IsAllowed ? "allow" : "forbid");
            request.Annotate("authorization.k8s.io/reason", decision.Reason);
        }

        if (!decision.IsAllowed)
        {
            throw new StatusException(ForbiddenMessage.Refuse(attributes, decision.Reason));
        }

        await next(context);
    }
}
