using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Registration;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Paths;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Aggregation;

/// <summary>
/// Passes requests for a group and version that another API server serves on to it, under the identity of whoever makes
/// them, and its answers back. What fails on the way is told as plain text, as kube-aggregator does.
/// </summary>
internal sealed class ExtensionProxy(ApiServiceIndex services, ExtensionAddresses addresses, ExtensionClients clients) : IPathHandler
{
    /// <summary>A group version's discovery and documents are asked for by every client first, and must not hold them all up.</summary>
    private static readonly TimeSpan DocumentTimeout = TimeSpan.FromSeconds(5);

    public async Task<bool> TryInvokeAsync(HttpContext context, RequestContext request)
    {
        if (!services.HasRemote)
        {
            return false;
        }

        var parts = request.Info.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var service = parts switch
        {
            ["apis", var group, var version, ..] => services.FindRemote(group, version),
            ["api", var version, ..] => services.FindRemote("", version),
            _ => null,
        };
        if (service is null)
        {
            return false;
        }

        await InvokeAsync(context, request, service, isDocument: parts.Length == 3);
        return true;
    }

    /// <summary>Passes a request on to the server of a registration.</summary>
    /// <param name="isDocument">It is for what clients ask for before anything else.</param>
    public async Task InvokeAsync(HttpContext context, RequestContext request, APIService service, bool isDocument)
    {
        if (service.Status.Availability is not { Status: "True" })
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "service unavailable");
            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (isDocument)
        {
            timeout.CancelAfter(DocumentTimeout);
        }

        await ForwardAsync(context, request, service, timeout.Token);
    }

    private async Task ForwardAsync(HttpContext context, RequestContext request, APIService service, CancellationToken cancellationToken)
    {
        // 1. Where to, and how.
        Uri root;
        ExtensionClient client;
        try
        {
            root = await addresses.ResolveAsync(service.Spec.Service!, cancellationToken);
            client = clients.For(service);
        }
        catch (StatusException)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "service unavailable");
            return;
        }
        catch (CryptographicException unreadable)
        {
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, $"unable to load root certificates: {unreadable.Message}");
            return;
        }

        // 2. What to ask: the path that the user was found to have a right to, not what it may have been written as. The identity
        // comes after everything that the client has a say in.
        UpgradeHeaders.RemoveConnectionOptions(context.Request.Headers);
        IdentityHeaders.Set(context.Request.Headers, request.User);
        context.Request.Headers["Audit-Id"] = request.AuditId;
        var path = context.Request.Path.ToUriComponent();
        var url = new Uri(root.GetLeftPart(UriPartial.Authority) + path + context.Request.QueryString);

        // 3. A watch has its place now; how long it lasts is the other server's business.
        if (request.Info.IsWatch)
        {
            request.Running?.End();
        }

        // 4. The answer.
        if (UpgradeProxy.IsUpgradeRequest(context))
        {
            if (await UpgradeProxy.RunAsync(context, url, client.Upgrades) is { } failure)
            {
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, failure.Message);
            }

            return;
        }

        using var message = HttpForwarder.RequestOf(context, url, path);
        try
        {
            using var answer = await SendAsync(client, message, context, cancellationToken);
            await AnswerAsync(context, answer, root);
        }
        catch (StatusException unanswered)
        {
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, unanswered.Status.Message);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(ExtensionClient client, HttpRequestMessage message, HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await HttpForwarder.SendAsync(client.SendAsync, message, cancellationToken);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw new StatusException(Statuses.ServiceUnavailable("error trying to reach service: context deadline exceeded"));
        }
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage answer, Uri root)
    {
        // Clients would follow it with their credentials, wherever it leads (CVE-2022-3172).
        if ((int)answer.StatusCode is >= 300 and <= 399 && answer.Headers.NonValidated.Contains("Location"))
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await context.Response.WriteAsync("the backend attempted to redirect this request, which is not permitted", context.RequestAborted);
            return;
        }

        HttpForwarder.CopyHead(answer, context.Response, root, "");
        await ResponseCopy.RunAsync(context, answer);
    }

    // As Go's http.Error writes it.
    private static Task RefuseAsync(HttpContext context, int code, string message)
    {
        context.Response.StatusCode = code;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return context.Response.WriteAsync(message + "\n", context.RequestAborted);
    }
}
