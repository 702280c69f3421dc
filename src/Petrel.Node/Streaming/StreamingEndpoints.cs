using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Petrel.Streams.RemoteCommands;
using Petrel.Streams.Upgrades;
using Petrel.Streams.WebSockets;

namespace Petrel.Node.Streaming;

/// <summary>
/// The kubelet's paths for exec, attach and port-forward. SPDY and the old WebSocket protocols pass to the runtime as
/// they are; the two newer WebSocket protocols, which runtimes do not know, end here.
/// </summary>
public static class StreamingEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public static IEndpointRouteBuilder MapStreaming(this IEndpointRouteBuilder endpoints, IStreamingTargets targets, UpgradeOptions options)
    {
        const string Container = "/{namespace}/{pod}/{container}";
        const string ContainerOfPodUid = "/{namespace}/{pod}/{uid}/{container}";
        foreach (var path in new[] { Container, ContainerOfPodUid })
        {
            endpoints.MapMethods("/exec" + path, Methods, context => RunCommandAsync(context, targets.ExecAsync, options));
            endpoints.MapMethods("/attach" + path, Methods, context => RunCommandAsync(context, targets.AttachAsync, options));
        }

        endpoints.MapMethods("/portForward/{namespace}/{pod}", Methods, context => ForwardPortsAsync(context, targets, options));
        endpoints.MapMethods("/portForward/{namespace}/{pod}/{uid}", Methods, context => ForwardPortsAsync(context, targets, options));
        return endpoints;
    }

    private static async Task RunCommandAsync(
        HttpContext context,
        Func<ContainerStreamRequest, CancellationToken, Task<StreamingTarget>> find,
        UpgradeOptions options)
    {
        var streams = RemoteCommandStreams.FromKubeletQuery(context.Request.Query);
        var target = streams is null
            ? StreamingTarget.Refused(StatusCodes.Status400BadRequest, RemoteCommandStreams.NoneRequested)
            : await find(CreateRequest(context, streams), context.RequestAborted);
        if (!RemoteCommandTranslator.IsRequested(context))
        {
            await RelayAsync(context, target, options);
        }
        else if (target.IsFound)
        {
            await RefuseAsync(context, await RemoteCommandTranslator.RunAsync(context, target.Url, streams!, options));
        }
        else
        {
            await RefuseAsync(context, await RemoteCommandTranslator.RefuseAsync(context, target.Message, options));
        }
    }

    private static async Task ForwardPortsAsync(HttpContext context, IStreamingTargets targets, UpgradeOptions options)
    {
        var tunnelled = SpdyOverWebSocket.IsRequested(context);
        IReadOnlyList<int> ports = [];
        if (!tunnelled && WebSocketHandshake.IsWebSocketRequest(context))
        {
            (ports, var invalid) = PortForwardPorts.Parse(context.Request.Query);
            if (invalid is not null)
            {
                await RefuseAsync(context, StatusCodes.Status400BadRequest, invalid);
                return;
            }
        }

        var request = new PortForwardStreamRequest(Value(context, "namespace")!, Value(context, "pod")!, Value(context, "uid"), ports);
        var target = await targets.PortForwardAsync(request, context.RequestAborted);
        if (tunnelled && target.IsFound)
        {
            await RefuseAsync(context, await SpdyOverWebSocket.RunAsync(context, target.Url, options));
        }
        else
        {
            await RelayAsync(context, target, options);
        }
    }

    private static async Task RelayAsync(HttpContext context, StreamingTarget target, UpgradeOptions options)
    {
        if (target.IsFound)
        {
            await RefuseAsync(context, await UpgradeProxy.RunAsync(context, target.Url, options));
        }
        else
        {
            await RefuseAsync(context, target.StatusCode, target.Message);
        }
    }

    private static ContainerStreamRequest CreateRequest(HttpContext context, RemoteCommandStreams streams) => new(
        Value(context, "namespace")!,
        Value(context, "pod")!,
        Value(context, "uid"),
        Value(context, "container")!,
        [.. context.Request.Query["command"].Select(argument => argument ?? "")],
        streams);

    private static string? Value(HttpContext context, string name) => (string?)context.Request.RouteValues[name];

    private static Task RefuseAsync(HttpContext context, UpgradeFailure? failure) =>
        failure is null ? Task.CompletedTask : RefuseAsync(context, failure.StatusCode, failure.Message);

    /// <summary>Plain text, as kubelets answer: the API server passes it on or wraps it.</summary>
    private static Task RefuseAsync(HttpContext context, int statusCode, string message)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message, context.RequestAborted);
    }
}
