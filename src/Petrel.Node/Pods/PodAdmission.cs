using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>
/// The node's own word on pods that are bound to it: schedulers decide on what they know, and people bind pods past them. The
/// checks, their order and their words are kubelet's.
/// </summary>
internal static class PodAdmission
{
    /// <param name="others">The pods that the node has taken and that have not ended.</param>
    /// <param name="allocatable">What the node has for pods.</param>
    /// <returns>Reason and message of the refusal; null when the node takes the pod.</returns>
    public static (string Reason, string Message)? Refusal(Pod pod, IReadOnlyList<Pod> others, Api.Core.Node node, ApiMap<Quantity> allocatable)
    {
        if (Shortage(pod, others, allocatable) is { } shortage)
        {
            return shortage;
        }

        if (!NodeSelection.Accepts(pod.Spec, node))
        {
            return ("NodeAffinity", "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector");
        }

        return HostPorts(pod).Any(wanted => others.SelectMany(HostPorts).Any(taken => Collide(wanted, taken)))
            ? ("NodePorts", "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports")
            : null;
    }

    private static (string Reason, string Message)? Shortage(Pod pod, IReadOnlyList<Pod> others, ApiMap<Quantity> allocatable)
    {
        var pods = allocatable.GetValueOrDefault("pods").Value;
        if (others.Count + 1 > pods)
        {
            return Short("pods", 1, others.Count, pods);
        }

        // What the node does not know as its own (devices of plugins) is not its to count.
        foreach (var (resource, amount) in allocatable.Where(static each => each.Key != "pods").ToList())
        {
            long Count(Quantity quantity) => resource == "cpu" ? quantity.MilliValue : quantity.Value;
            var requested = Count(PodResources.Request(pod.Spec, resource));
            var used = others.Sum(each => Count(PodResources.Request(each.Spec, resource)));
            if (requested > 0 && requested > Count(amount) - used)
            {
                return Short(resource, requested, used, Count(amount));
            }
        }

        return null;
    }

    private static (string Reason, string Message) Short(string resource, long requested, long used, long capacity) =>
        ($"OutOf{resource}", FormattableString.Invariant($"Node didn't have enough resource: {resource}, requested: {requested}, used: {used}, capacity: {capacity}"));

    private static IEnumerable<ContainerPort> HostPorts(Pod pod) => pod.Spec.InitContainers.Where(static each => each.IsSidecar).Concat(pod.Spec.Containers)
        .SelectMany(static container => container.Ports)
        .Where(static port => port.HostPort > 0);

    private static bool Collide(ContainerPort one, ContainerPort other) => one.HostPort == other.HostPort
        && one.Protocol == other.Protocol
        && (IsAny(one.HostIP) || IsAny(other.HostIP) || one.HostIP == other.HostIP);

    private static bool IsAny(string address) => address is "" or "0.0.0.0" or "::";
}
