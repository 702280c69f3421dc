using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Nodes;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;

namespace Petrel.ApiServer.Subresources;

/// <summary>pods/NAME/log: the log of one container, as the agent of its node has it.</summary>
internal sealed class LogSubresource(NodeLocator nodes, NodeClients clients) : ISubresource
{
    /// <summary>How much of an agent's error goes to the client.</summary>
    private const int ErrorBytesMax = 50_000;

    public string Name => "log";

    public Type Kind => typeof(Pod);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method != "GET")
        {
            throw ResourceDispatch.NotAllowed();
        }

        var query = context.Request.Query;
        var parameters = LogOptionsQuery.Read(query, request.Info.Name);
        var pod = (Pod)(await endpoint.Store.GetAsync(request.Info.Namespace, request.Info.Name, context.RequestAborted)).Decode();
        var container = PodContainers.Choose(pod, QueryValues.Text(query, "container"));
        if (pod.Spec.NodeName.Length == 0)
        {
            // Nobody runs the pod: there is no log, and that is no error.
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var node = await nodes.FindAsync(pod.Spec.NodeName, context.RequestAborted);
        var target = new Uri(node, $"/containerLogs/{pod.Metadata.Namespace}/{pod.Metadata.Name}/{container}{parameters}");
        using var answer = await AskAsync(target, QueryValues.Flag(query, "insecureSkipTLSVerifyBackend") ? clients.UnverifiedNode : clients.Node, context);
        if (answer.StatusCode is < HttpStatusCode.OK or > HttpStatusCode.PartialContent)
        {
            throw new StatusException(await RefusalAsync(answer, request.Info.Name, context.RequestAborted));
        }

        context.Response.ContentType = "text/plain";
        context.Response.Headers.CacheControl = "no-cache, private";
        await ResponseCopy.RunAsync(context, answer);
    }

    private static async Task<HttpResponseMessage> AskAsync(Uri target, HttpMessageInvoker client, HttpContext context)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, target);
        try
        {
            return await client.SendAsync(message, context.RequestAborted);
        }
        catch (Exception failed) when (failed is HttpRequestException or OperationCanceledException && !context.RequestAborted.IsCancellationRequested)
        {
            throw new StatusException(Statuses.Unknown(500, $"Get \"{target}\": {BackendErrors.Describe(failed, target)}"));
        }
    }

    private static async Task<Status> RefusalAsync(HttpResponseMessage answer, string pod, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[ErrorBytesMax];
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)));
        return answer.StatusCode switch
        {
            HttpStatusCode.BadRequest => Statuses.BadRequest(text),
            HttpStatusCode.InternalServerError => Statuses.InternalError(text),
            var other => BackendStatuses.Of((int)other, "pods/log", pod, text),
        };
    }
}
