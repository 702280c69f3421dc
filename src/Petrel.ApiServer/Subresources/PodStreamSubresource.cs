using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Petrel.Api.Core;
using Petrel.ApiServer.Nodes;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Verbs;
using Petrel.Streams.Upgrades;

namespace Petrel.ApiServer.Subresources;

/// <summary>
/// pods/NAME/exec, /attach and /portforward: finds the pod's node and joins the client's stream with the one of the
/// node's agent, whatever protocol they speak on it.
/// </summary>
/// <param name="options">What admission is asked about, from the client's query.</param>
/// <param name="target">Path and query of the agent's API for a pod, from the client's query.</param>
internal sealed class PodStreamSubresource(string name, Func<IQueryCollection, ConnectOptions> options, Func<Pod, IQueryCollection, string> target, NodeLocator nodes, NodeClients clients) : ISubresource
{
    public string Name => name;

    public Type Kind => typeof(Pod);

    public static PodStreamSubresource Exec(NodeLocator nodes, NodeClients clients) =>
        new("exec", ConnectOptions.Exec, (pod, query) => ContainerTarget("exec", pod, query, query["command"]), nodes, clients);

    public static PodStreamSubresource Attach(NodeLocator nodes, NodeClients clients) =>
        new("attach", ConnectOptions.Attach, (pod, query) => ContainerTarget("attach", pod, query, []), nodes, clients);

    public static PodStreamSubresource PortForward(NodeLocator nodes, NodeClients clients) => new("portforward", ConnectOptions.PortForward, PortForwardTarget, nodes, clients);

    public async Task InvokeAsync(HttpContext context, RequestContext request, ResourceEndpoint endpoint)
    {
        if (context.Request.Method is not ("GET" or "POST"))
        {
            throw ResourceDispatch.NotAllowed();
        }

        await ConnectAdmission.AdmitAsync(endpoint, request, options(context.Request.Query), context.RequestAborted);

        // 1. What is asked for, so that mistakes get an answer that people understand before anything is upgraded.
        var pod = (Pod)(await endpoint.Store.GetAsync(request.Info.Namespace, request.Info.Name, context.RequestAborted)).Decode();
        var path = target(pod, context.Request.Query);
        if (pod.Spec.NodeName.Length == 0)
        {
            throw new StatusException(Statuses.BadRequest($"pod {pod.Metadata.Name} does not have a host assigned"));
        }

        // 2. Where.
        var node = await nodes.FindAsync(pod.Spec.NodeName, context.RequestAborted);
        if (!UpgradeProxy.IsUpgradeRequest(context))
        {
            throw new StatusException(Statuses.BadRequest("Upgrade request required"));
        }

        // 3. From here on the agent answers.
        if (await UpgradeProxy.RunAsync(context, new Uri(node, path), clients.NodeUpgrades) is { } failure)
        {
            throw new StatusException(Statuses.Unknown(failure.StatusCode, failure.Message));
        }
    }

    /// <summary>PodExecOptions and PodAttachOptions under the names of the agent's query.</summary>
    private static string ContainerTarget(string action, Pod pod, IQueryCollection query, IEnumerable<string?> command)
    {
        var container = PodContainers.Choose(pod, QueryValues.Text(query, "container"));
        var parameters = new QueryBuilder();
        foreach (var (api, agent) in new[] { ("stdin", "input"), ("stdout", "output"), ("stderr", "error"), ("tty", "tty") })
        {
            if (QueryValues.Flag(query, api))
            {
                parameters.Add(agent, "1");
            }
        }

        foreach (var argument in command)
        {
            parameters.Add("command", argument ?? "");
        }

        return $"/{action}/{pod.Metadata.Namespace}/{pod.Metadata.Name}/{container}{parameters}";
    }

    private static string PortForwardTarget(Pod pod, IQueryCollection query)
    {
        var parameters = new QueryBuilder();
        if (query.TryGetValue("ports", out var ports))
        {
            parameters.Add("port", string.Join(',', ports.ToArray()));
        }

        return $"/portForward/{pod.Metadata.Namespace}/{pod.Metadata.Name}{parameters}";
    }
}
