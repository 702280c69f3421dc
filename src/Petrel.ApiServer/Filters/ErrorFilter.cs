using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Petrel.Api.Resources;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Filters;

/// <summary>Turns whatever a request ends with into a Status answer, so that no request ends without one.</summary>
internal sealed partial class ErrorFilter(ILogger<ErrorFilter> logger) : IRequestFilter
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (StatusException refused)
        {
            await WriteAsync(context, refused);
        }
        catch (ConversionException unconverted)
        {
            await WriteAsync(context, new StatusException(Statuses.Unknown(500, unconverted.Message)));
        }
        catch (BadHttpRequestException bad)
        {
            await WriteAsync(context, new StatusException(bad.StatusCode == 413
                ? Statuses.RequestEntityTooLarge("Request entity too large: limit is 3145728")
                : Statuses.BadRequest(bad.Message)));
        }
        catch (JsonException bad)
        {
            await WriteAsync(context, new StatusException(Statuses.BadRequest(bad.Message)));
        }
        catch (StoreUnavailableException unavailable)
        {
            Log.StoreUnavailable(logger, unavailable.Message);
            await WriteAsync(context, new StatusException(Statuses.ServiceUnavailable(unavailable.Message)));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: there is nobody to answer.
        }
        catch (Exception unexpected) when (unexpected is not OutOfMemoryException)
        {
            Log.Unexpected(logger, unexpected, context.Request.Method, context.Request.Path);
            context.Features.Get<RequestContext>()?.Audit?.LogPanic(unexpected.Message);
            await WriteAsync(context, new StatusException(Statuses.InternalError(unexpected.Message)));
        }
    }

    private static async Task WriteAsync(HttpContext context, StatusException refused)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer is out: break the connection, so that the client does not take it for whole.
            RequestContext.Of(context).WasAborted = true;
            context.Abort();
            return;
        }

        await ResponseWriter.WriteStatusAsync(context, refused.Status);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed unexpectedly")]
        public static partial void Unexpected(ILogger logger, Exception exception, string method, string path);

        [LoggerMessage(Level = LogLevel.Error, Message = "The store is not available: {Message}")]
        public static partial void StoreUnavailable(ILogger logger, string message);
    }
}
