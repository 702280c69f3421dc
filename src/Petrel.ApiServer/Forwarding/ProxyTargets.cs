using System.Globalization;
using Petrel.Api.Core;
using Petrel.ApiServer.Nodes;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Forwarding;

/// <summary>Finds where the proxy subresources of pods, services and nodes lead.</summary>
internal sealed class ProxyTargets(ResourceRegistry registry, NodeLocator nodes, NodeClients clients)
{
    /// <summary>A pod's own address, at the port named or its first declared one.</summary>
    /// <exception cref="StatusException">400 or 404.</exception>
    public async Task<ProxyTarget> PodAsync(string @namespace, string text, CancellationToken cancellationToken)
    {
        var name = ProxyName.Parse(text, "pod");
        var pod = (Pod)(await registry.Of<Pod>().Store.GetAsync(@namespace, name.Name, cancellationToken)).Decode();
        var port = name.Port.Length > 0 ? name.Port
            : pod.Spec.Containers.SelectMany(container => container.Ports).FirstOrDefault() is { } first ? Text(first.Port)
            : "";
        ProxyAddresses.Check(pod.Status.PodIP);
        return PodTarget(name.Scheme, pod.Status.PodIP, port);
    }

    /// <summary>One of a service's ready pods, at the port that the service's port leads to.</summary>
    /// <exception cref="StatusException">400, 404, or 503 when there is no pod to ask.</exception>
    public async Task<ProxyTarget> ServiceAsync(string @namespace, string text, CancellationToken cancellationToken)
    {
        var name = ProxyName.Parse(text, "service");
        var portName = int.TryParse(name.Port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await PortNameAsync(@namespace, name.Name, number, cancellationToken)
            : name.Port;
        var endpoints = (Endpoints)(await registry.Of<Endpoints>().Store.GetAsync(@namespace, name.Name, cancellationToken)).Decode();
        var candidates = endpoints.Subsets
            .SelectMany(subset => subset.Ports.Where(port => port.Name == portName).Take(1), static (subset, port) => (subset.Addresses, port.Port))
            .SelectMany(static match => match.Addresses, static (match, address) => (Address: address, match.Port))
            .ToArray();
        Random.Shared.Shuffle(candidates);
        foreach (var (address, port) in candidates)
        {
            if (await IsOfPodAsync(@namespace, address, cancellationToken))
            {
                ProxyAddresses.Check(address.Ip);
                return PodTarget(name.Scheme, address.Ip, Text(port));
            }
        }

        throw new StatusException(Statuses.ServiceUnavailable(
            endpoints.Subsets.IsEmpty ? $"no endpoints available for service \"{name.Name}\"" : $"no endpoints available for service \"{text}\""));
    }

    /// <summary>A node's agent, or another port of the node.</summary>
    /// <exception cref="StatusException">400 or 404.</exception>
    public async Task<ProxyTarget> NodeAsync(string text, CancellationToken cancellationToken)
    {
        var name = ProxyName.Parse(text, "node");
        var agent = await nodes.FindAsync(name.Name, cancellationToken);
        if (name.Port.Length == 0 || name.Port == Text(agent.Port))
        {
            return new ProxyTarget(agent, clients.Node, clients.NodeUpgrades);
        }

        ProxyAddresses.Check(agent.Host.Trim('[', ']'));
        return PodTarget(name.Scheme, agent.Host.Trim('[', ']'), name.Port);
    }

    // Without a port it is the scheme's own.
    private ProxyTarget PodTarget(string scheme, string address, string port)
    {
        var isNumber = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        return port.Length > 0 && !isNumber
            ? throw new StatusException(Statuses.BadRequest($"\"{port}\" is no port number"))
            : new ProxyTarget(new UriBuilder(scheme, NodeLocator.Bracketed(address), isNumber ? number : -1).Uri, clients.Pod, clients.PodUpgrades);
    }

    private async Task<string> PortNameAsync(string @namespace, string name, int number, CancellationToken cancellationToken)
    {
        var service = (Service)(await registry.Of<Service>().Store.GetAsync(@namespace, name, cancellationToken)).Decode();
        return service.Spec.Ports.FirstOrDefault(port => port.Port == number)?.Name
            ?? throw new StatusException(Statuses.ServiceUnavailable($"no service port {number} found for service \"{name}\""));
    }

    // Endpoints can be written by hand; only those that are truly a pod's are asked.
    private async Task<bool> IsOfPodAsync(string @namespace, EndpointAddress address, CancellationToken cancellationToken)
    {
        if (address.TargetRef is not { } reference || reference.Namespace != @namespace)
        {
            return false;
        }

        var pod = await registry.Of<Pod>().Store.FindAsync(@namespace, reference.Name, cancellationToken);
        return pod is not null && ((Pod)pod.Value.Decode()).Status.PodIPs.Any(candidate => candidate.Ip == address.Ip);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
