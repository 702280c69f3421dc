using Petrel.Api.Meta;
using Petrel.Api.Resources;

namespace Petrel.Controllers.Namespaces;

/// <summary>What is left of a namespace's content after one pass of deleting it.</summary>
internal sealed class NamespaceContent
{
    /// <summary>Groups that could not be asked for their resources.</summary>
    public List<string> DiscoveryFailures { get; } = [];

    public List<string> DeletionFailures { get; } = [];

    /// <summary>Objects left, by resource (<c>pods.</c>, <c>deployments.apps</c>: name, dot, group).</summary>
    public Dictionary<string, int> Remaining { get; } = new(StringComparer.Ordinal);

    /// <summary>Objects that carry each finalizer.</summary>
    public Dictionary<string, int> Finalizers { get; } = new(StringComparer.Ordinal);

    /// <summary>Seconds after which more may be gone: what finalizers or the grace of pods are estimated to take.</summary>
    public long WaitSeconds { get; private set; }

    public bool IsEmpty => DiscoveryFailures.Count == 0 && DeletionFailures.Count == 0 && Remaining.Count == 0;

    /// <summary>Upstream's guess of how long a finalizer takes.</summary>
    private const long FinalizerSeconds = 15;

    public void Add(ResourceInfo info, IReadOnlyList<ObjectMeta> objects)
    {
        if (objects.Count == 0)
        {
            return;
        }

        Remaining[info.Resource + "." + info.Group] = objects.Count;
        foreach (var value in objects)
        {
            WaitSeconds = Math.Max(WaitSeconds, value.DeletionGracePeriodSeconds ?? 0);
            foreach (var finalizer in value.Finalizers)
            {
                WaitSeconds = Math.Max(WaitSeconds, FinalizerSeconds);
                Finalizers[finalizer] = Finalizers.GetValueOrDefault(finalizer) + 1;
            }
        }
    }
}
