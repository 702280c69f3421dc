using System.Diagnostics.CodeAnalysis;
using Petrel.Api.Core;

namespace Petrel.Node.Volumes;

/// <summary>What the volume manager knows about one pod. All but the gate is used by whoever has the gate.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "a semaphore without a wait handle holds nothing, and others may still wait for it")]
internal sealed class PodVolumes
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Names of the volumes that this process has set up.</summary>
    public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>The pod as last seen.</summary>
    public Pod? Pod { get; set; }

    /// <summary>Fires when a token is to be asked for anew.</summary>
    public ITimer? Refresh { get; set; }

    /// <summary>Its volumes are unmounted, and whoever waited for the gate begins anew.</summary>
    public bool IsGone { get; set; }

    public Task EnterAsync(CancellationToken cancellationToken) => _gate.WaitAsync(cancellationToken);

    public void Leave() => _gate.Release();
}
