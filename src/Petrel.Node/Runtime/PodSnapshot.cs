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

    private static bool Same(Dictionary<string, bool>? one, Dictionary<string, bool>? other) =>
        one is not null && other is not null && one.Count == other.Count
        && one.All(part => other.TryGetValue(part.Key, out var running) && running == part.Value);
}
