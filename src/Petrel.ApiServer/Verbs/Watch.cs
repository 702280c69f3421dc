using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Watching;
using Petrel.Streams.WebSockets;

namespace Petrel.ApiServer.Verbs;

/// <summary>GET with watch=true on a collection: the changes from a revision on, as they happen, in the body of the answer or over a WebSocket.</summary>
internal sealed class Watch : IVerb
{
    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        var format = Negotiation.Of(context.Request, endpoint.Type);
        var query = ListQuery.Of(context.Request, endpoint.Type, isWatch: true);
        if (request.Info.Name.Length > 0)
        {
            query = query with { Filter = query.Filter.OfName(request.Info.Name) };
        }

        if (format.MediaType == MediaType.Yaml)
        {
            throw new StatusException(Statuses.NotAcceptable("only the following media types are accepted: application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch"));
        }

        var includeObject = format.Projection == Projection.Table ? TableWriter.IncludeObjectOf(context.Request) : "";
        if (WebSocketHandshake.IsWebSocketRequest(context))
        {
            await RunOnSocketAsync(context, format, output => SessionOf(output).RunAsync());
            return;
        }

        ResponseWriter.Start(context, 200, format);
        if (format.MediaType == MediaType.Protobuf)
        {
            context.Response.ContentType = "application/vnd.kubernetes.protobuf;stream=watch";
        }

        await SessionOf(new BodyOutput(context.Response.BodyWriter)).RunAsync();

        WatchSession SessionOf(IWatchOutput output) =>
            new(context, endpoint, request.Info.Namespace, query, new WatchEventWriter(output, endpoint, format, includeObject));
    }

    private static async Task RunOnSocketAsync(HttpContext context, ResponseFormat format, Func<IWatchOutput, Task> run)
    {
        if (WebSocketHandshake.Validate(context.Request) is { } wrong)
        {
            throw new StatusException(Statuses.BadRequest(wrong));
        }

        context.Response.ContentType = format.ContentType;
        using var socket = await WebSocketHandshake.AcceptAsync(context, protocol: null);
        var output = new WebSocketOutput(socket, format.MediaType == MediaType.Json ? WebSocketMessageType.Text : WebSocketMessageType.Binary);

        // The session follows the request's token: it ends when the client closes.
        using var closed = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var aborted = context.RequestAborted;
        context.RequestAborted = closed.Token;
        var session = run(output);
        var ignoring = output.IgnoreAsync(closed.Token);
        try
        {
            await Task.WhenAny(session, ignoring);
            if (session.IsCompleted)
            {
                await output.CloseAsync(aborted);
            }

            await closed.CancelAsync();
            await Task.WhenAll(session, ignoring);
        }
        catch (Exception gone) when (gone is WebSocketException or IOException)
        {
            // The client has left in the middle of an event.
        }
        finally
        {
            context.RequestAborted = aborted;
        }
    }
}
