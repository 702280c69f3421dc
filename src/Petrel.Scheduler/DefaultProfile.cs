using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Plugins;

namespace Petrel.Scheduler;

/// <summary>
/// The plugins of the scheduler, in the order in which each step runs them, with the weights of their scores: upstream's default
/// profile. Cheap filters that reject whole nodes come first.
/// </summary>
internal static class DefaultProfile
{
    public static IReadOnlyList<ProfileEntry> Plugins(PluginServices services) =>
    [
        // Whether a pod is tried, and when.
        new(new SchedulingGates()),
        new(new PrioritySort()),

        // What the pod and the node say about each other.
        new(new NodeUnschedulable()),
        new(new NodeName()),
        new(new TaintToleration(), Weight: 3),
        new(new NodeAffinity(), Weight: 2),

        // What is left on the node. Volume plugins (restrictions, limits, binding, zones) follow here.
        new(new NodePorts()),
        new(new NodeResourcesFit(), Weight: 1),

        // What other pods have to do with it.
        new(new PodTopologySpread(services), Weight: 2),
        new(new InterPodAffinity(services.Namespaces), Weight: 2),

        // Room made for pods that fit nowhere.
        new(new DefaultPreemption(services)),

        // Only preferences.
        new(new NodeResourcesBalancedAllocation(), Weight: 1),
        new(new ImageLocality(), Weight: 1),

        new(new DefaultBinder(services.Api)),
    ];
}
