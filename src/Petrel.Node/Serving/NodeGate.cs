using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Petrel.Client.Api;

namespace Petrel.Node.Serving;

/// <summary>Lets a request through when its user is known and allowed; answers it otherwise.</summary>
internal sealed partial class NodeGate(NodeAuthentication authentication, NodeAuthorization authorization, ILogger logger)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (await authentication.UserOfAsync(context) is not { } user)
        {
            await PlainAnswer.WriteAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized");
            return;
        }

        var access = NodeAuthorization.AccessOf(user, context.Request);
        try
        {
            if (!await authorization.IsAllowedAsync(user, access, context.RequestAborted))
            {
                await PlainAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, access.Refusal);
                return;
            }
        }
        catch (Exception failed) when (failed is ApiException or HttpRequestException)
        {
            Log.ReviewFailed(logger, failed, access.User);
            await PlainAnswer.WriteAsync(context, StatusCodes.Status500InternalServerError, access.Failure);
            return;
        }

        await next(context);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "what {User} may do could not be found out, so the request was refused")]
        public static partial void ReviewFailed(ILogger logger, Exception exception, string user);
    }
}
