using Petrel.Api.Apps;
using Petrel.Client.Api;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.Deployments;

/// <summary>
/// What one pass over a Deployment works on: the Deployment as last written and its sets. Writes go through here, so that
/// later steps of the pass see what earlier ones did.
/// </summary>
internal sealed class DeploymentPass
{
    private readonly ControllerServices _services;

    public DeploymentPass(ControllerServices services, Deployment deployment, IReadOnlyList<ReplicaSet> sets)
    {
        _services = services;
        Deployment = deployment;
        NewSet = Oldest(sets.Where(set => PodTemplateHash.IsCurrent(deployment, set)));
        OldSets = [.. sets.Where(set => set.Metadata.Uid != NewSet?.Metadata.Uid)];
    }

    public Deployment Deployment { get; private set; }

    /// <summary>The set of the current template; null when it does not exist (yet).</summary>
    public ReplicaSet? NewSet { get; set; }

    /// <summary>Sets of other templates, and duplicates of the current one.</summary>
    public IReadOnlyList<ReplicaSet> OldSets { get; private set; }

    public IReadOnlyList<ReplicaSet> AllSets => NewSet is null ? OldSets : [.. OldSets, NewSet];

    public IReadOnlyList<ReplicaSet> ActiveOldSets => [.. OldSets.Where(static set => set.Replicas() > 0)];

    public DateTimeOffset Now => _services.Time.GetUtcNow();

    public async Task UpdateStatusAsync(Deployment changed, CancellationToken cancellationToken) =>
        Deployment = await _services.Api.UpdateStatusAsync(changed, cancellationToken);

    public Task UpdateStatusAsync(DeploymentStatus status, CancellationToken cancellationToken) =>
        UpdateStatusAsync(Deployment with { Status = status }, cancellationToken);

    /// <summary>Sets the size of a set and notes the Deployment's size on it. True when the size changed.</summary>
    public async Task<bool> ScaleAsync(ReplicaSet set, int size, CancellationToken cancellationToken)
    {
        var scaled = RevisionAnnotations.NoteSize(Deployment, set with { Spec = set.Spec with { Replicas = size } });
        if (scaled == set)
        {
            return false;
        }

        Replace(set, await _services.Api.UpdateAsync(scaled, cancellationToken));
        if (set.Replicas() == size)
        {
            return false;
        }

        var direction = size > set.Replicas() ? "up" : "down";
        _services.Events.Normal(Deployment, "ScalingReplicaSet", $"Scaled {direction} replica set {set.Metadata.Name} from {set.Replicas()} to {size}");
        return true;
    }

    /// <summary>The same, but a set that already has the size is left alone.</summary>
    public async Task<bool> ResizeAsync(ReplicaSet set, int size, CancellationToken cancellationToken) =>
        set.Replicas() != size && await ScaleAsync(set, size, cancellationToken);

    private void Replace(ReplicaSet old, ReplicaSet current)
    {
        if (NewSet?.Metadata.Uid == old.Metadata.Uid)
        {
            NewSet = current;
        }

        OldSets = [.. OldSets.Select(set => set.Metadata.Uid == old.Metadata.Uid ? current : set)];
    }

    // Of two sets with the same template (made by two controllers at once) all agree on the older.
    private static ReplicaSet? Oldest(IEnumerable<ReplicaSet> sets) =>
        sets.OrderBy(static set => set.Metadata.CreationTimestamp).ThenBy(static set => set.Metadata.Name, StringComparer.Ordinal).FirstOrDefault();
}
