using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Petrel.Streams.Upgrades;

/// <summary>
/// Passes a client's upgrade request on and, once both sides switched protocols, its bytes, whatever the protocol.
/// The API server does so for pods/exec, attach, portforward and the proxy subresources; the node for its runtime.
/// </summary>
public static class UpgradeProxy
{
    /// <summary>Whether the client asks to switch protocols at all.</summary>
    public static bool IsUpgradeRequest(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    /// <summary>
    /// Answers the request, until its streams end. Null when an answer was given, the target's refusal included; else
    /// nothing was sent yet and the caller says what failed, in its own format.
    /// </summary>
    public static async Task<UpgradeFailure?> RunAsync(HttpContext context, Uri target, UpgradeOptions options)
    {
        if (!IsUpgradeRequest(context))
        {
            return new UpgradeFailure(StatusCodes.Status400BadRequest, "Upgrade request required");
        }

        var request = new UpgradeRequest(
            context.Request.Method,
            target,
            context.Request.Headers.Upgrade.ToString(),
            UpgradeHeaders.ForBackend(context));
        var result = await UpgradeClient.ConnectAsync(request, options, context.RequestAborted);
        if (result.Response is not { } backend)
        {
            return new UpgradeFailure(StatusCodes.Status500InternalServerError, $"error dialing backend: {result.Failure}");
        }

        await using (backend)
        {
            if (!backend.IsUpgraded)
            {
                return await RelayRefusalAsync(context, backend, options);
            }

            UpgradeHeaders.CopyToClient(backend, context.Response);
            await using var client = await SwitchAsync(context);
            using var tunnel = new ByteTunnel(client, backend, options, CancellationToken.None);
            await tunnel.RunAsync(endClient: null);
            return null;
        }
    }

    /// <summary>The target's own words to the client; headers are already true for its body.</summary>
    internal static async Task<UpgradeFailure?> RelayRefusalAsync(HttpContext context, UpgradeResponse backend, UpgradeOptions options)
    {
        if (backend.StatusCode < StatusCodes.Status400BadRequest)
        {
            return new UpgradeFailure(
                StatusCodes.Status500InternalServerError,
                $"invalid upgrade response: status code {backend.StatusCode}");
        }

        context.Response.StatusCode = backend.StatusCode;
        UpgradeHeaders.CopyToClient(backend, context.Response);
        using var timeout = new CancellationTokenSource(options.HandshakeTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        await backend.Content.CopyToAsync(context.Response.Body, either.Token);
        return null;
    }

    /// <summary>
    /// Answers 101 and takes the connection. A stream may rest for hours, so the limits on slow requests and
    /// responses do not apply to it.
    /// </summary>
    internal static Task<Stream> SwitchAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } requestRate)
        {
            requestRate.MinDataRate = null;
        }

        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate)
        {
            responseRate.MinDataRate = null;
        }

        return context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }
}
