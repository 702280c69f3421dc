using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>The state of every sandbox and container of every pod at one moment, to be compared with another.</summary>
internal sealed class PodSnapshot
{
    private readonly Dictionary<string, Dictionary<string, bool>> _runningByPod = [];
    private readonly HashSet<string> _running = [];

    public static PodSnapshot Empty { get; } = new();

    public static async Task<PodSnapshot> TakeAsync(ContainerRuntime runtime, CancellationToken cancellationToken)
    {
        var snapshot = new PodSnapshot();
        foreach (var sandbox in await runtime.Sandboxes.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            snapshot.Add(sandbox.Labels.GetValueOrDefault(RuntimeLabels.PodUid), sandbox.Id, sandbox.State == PodSandboxState.SandboxReady);
        }

        foreach (var container in await runtime.Containers.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            snapshot.Add(container.Labels.GetValueOrDefault(RuntimeLabels.PodUid), container.Id, container.State == ContainerState.ContainerRunning);
        }

        return snapshot;
    }

    public bool IsRunning(string id) => _running.Contains(id);

    /// <summary>UIDs of the pods that are not the same here and there.</summary>
    public IEnumerable<string> PodsThatDifferFrom(PodSnapshot other) =>
        _runningByPod.Keys.Union(other._runningByPod.Keys).Where(pod => !Same(_runningByPod.GetValueOrDefault(pod), other._runningByPod.GetValueOrDefault(pod)));

    /// <summary>What one pod has here, by id; null for nothing.</summary>
    public IReadOnlyDictionary<string, bool>? PartsOf(string podUid) => _runningByPod.GetValueOrDefault(podUid);

    /// <summary>This snapshot with another state of one pod.</summary>
    public PodSnapshot With(string podUid, IReadOnlyDictionary<string, bool> parts)
    {
        var changed = new PodSnapshot();
        foreach (var (pod, own) in _runningByPod.Where(each => each.Key != podUid))
        {
            changed.AddAll(pod, own);
        }

        changed.AddAll(podUid, parts);
        return changed;
    }

    public static bool Same(IReadOnlyDictionary<string, bool>? one, IReadOnlyDictionary<string, bool>? other) => (one?.Count ?? 0) == (other?.Count ?? 0)
        && (one is null || one.All(part => other!.TryGetValue(part.Key, out var running) && running == part.Value));

    private void AddAll(string pod, IReadOnlyDictionary<string, bool> parts)
    {
        foreach (var (id, running) in parts)
        {
            Add(pod, id, running);
        }
    }

    internal void Add(string? podUid, string id, bool running)
    {
        // Containers that somebody else keeps in this runtime have no pod.
        if (podUid is null)
        {
            return;
        }

        if (!_runningByPod.TryGetValue(podUid, out var parts))
        {
            _runningByPod[podUid] = parts = [];
        }

        parts[id] = running;
        if (running)
        {
            _running.Add(id);
        }
    }
}
