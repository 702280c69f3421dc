using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.ApiServer.Responses;
using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Forwarding;

/// <summary>
/// Passes a request on to a backend and its answer back, as a reverse proxy under a path of this server: redirects of the
/// backend to itself lead back here.
/// </summary>
internal static class HttpForwarder
{
    private static readonly string[] CorsHeaders =
    [
        "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers",
        "Access-Control-Max-Age",
    ];

    /// <param name="path">Path at the backend, escaped; empty when the client's path ended with the subresource's name.</param>
    /// <param name="prefix">The client's path before that, under which the backend appears.</param>
    /// <exception cref="StatusException">503 when the backend does not answer.</exception>
    public static async Task RunAsync(HttpContext context, ProxyTarget target, string prefix, string path)
    {
        var url = new Uri(target.Root.GetLeftPart(UriPartial.Authority) + path + context.Request.QueryString);

        // 1. Streams.
        if (UpgradeProxy.IsUpgradeRequest(context))
        {
            if (await UpgradeProxy.RunAsync(context, url, target.Upgrades) is { } failure)
            {
                throw new StatusException(Statuses.Unknown(failure.StatusCode, failure.Message));
            }

            return;
        }

        // 2. Relative links of a page at "proxy" would miss their target; at "proxy/" they meet it.
        if (path.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status301MovedPermanently;
            context.Response.Headers.Location = prefix + "/" + context.Request.QueryString;
            return;
        }

        // 3. The backend may care under which name it was called.
        using var message = RequestOf(context, url, prefix + path);
        message.Headers.Host = context.Request.Host.Value;
        using var answer = await SendAsync(target.Client.SendAsync, message, context.RequestAborted);
        CopyHead(answer, context.Response, target.Root, prefix);
        await ResponseCopy.RunAsync(context, answer);
    }

    /// <summary>The client's request as it goes on to a backend, with a body of any size.</summary>
    /// <param name="clientPath">Path under which the client knows what it asks for.</param>
    public static HttpRequestMessage RequestOf(HttpContext context, Uri url, string clientPath)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var request = context.Request;
        var message = new HttpRequestMessage(new HttpMethod(request.Method), url);
        if (request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 || context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            message.Content = new StreamContent(request.BodyReader.AsStream());
            message.Content.Headers.ContentLength = request.ContentLength;
        }

        foreach (var (name, value) in UpgradeHeaders.ForBackend(context))
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        message.Headers.TryAddWithoutValidation("X-Forwarded-Uri", clientPath);
        message.Headers.TryAddWithoutValidation("X-Forwarded-Host", request.Host.Value);
        message.Headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        return message;
    }

    /// <param name="send">Sends it through the backend's client.</param>
    /// <exception cref="StatusException">503 when the backend does not answer, unless it was the client that gave up.</exception>
    public static async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await send(message, cancellationToken);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new StatusException(Statuses.ServiceUnavailable($"error trying to reach service: {BackendErrors.Describe(failed, message.RequestUri!)}"));
        }
    }

    /// <summary>Status and headers of a backend's answer to the client.</summary>
    /// <param name="root">Where the backend is.</param>
    /// <param name="prefix">Under which path of this server it appears.</param>
    public static void CopyHead(HttpResponseMessage answer, HttpResponse response, Uri root, string prefix)
    {
        response.StatusCode = (int)answer.StatusCode;
        var options = answer.Headers.Connection.ToList();
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
        {
            if (!UpgradeHeaders.IsOfOneConnection(name, options) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers[name] = values.ToArray();
            }
        }

        // The backend's word on who may read it from a browser does not hold for this server.
        foreach (var name in CorsHeaders)
        {
            response.Headers.Remove(name);
        }

        if (answer.Headers.NonValidated.TryGetValues("Location", out var location))
        {
            response.Headers.Location = Rewrite(location.ToString(), root, prefix);
        }
    }

    // A location at the backend itself, absolute or by path, is the same one below the prefix.
    internal static string Rewrite(string location, Uri root, string prefix)
    {
        if (location.StartsWith('/') && !location.StartsWith("//", StringComparison.Ordinal))
        {
            return prefix + location;
        }

        return Uri.TryCreate(location, UriKind.Absolute, out var url) && url.Authority == root.Authority && url.Scheme is "http" or "https"
            ? prefix + url.PathAndQuery + url.Fragment
            : location;
    }
}
