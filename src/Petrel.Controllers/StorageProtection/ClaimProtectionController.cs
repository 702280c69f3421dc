using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.StorageProtection;

/// <summary>
/// Lets a deleted claim go once no pod that was given a node uses it (upstream's PVC protection controller). A pod uses its
/// claims until it is gone: a finished one may not be unmounted yet.
/// </summary>
internal sealed class ClaimProtectionController : IReconciler
{
    private const string ByClaim = "claim";

    private readonly ControllerServices _services;
    private readonly Informer<PersistentVolumeClaim> _claims;
    private readonly Informer<Pod> _pods;

    public ClaimProtectionController(ControllerServices services)
    {
        _services = services;
        _claims = services.Informers.For<PersistentVolumeClaim>();
        _pods = services.Informers.For<Pod>();
        _pods.AddIndex(ByClaim, static pod => ClaimsOf(pod).Select(static key => key.ToString()));
    }

    public string Name => "persistentvolumeclaim-protection-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _claims.Subscribe(
            added: claim => queue.Add(ObjectKey.Of(claim)),
            updated: (_, claim) => queue.Add(ObjectKey.Of(claim)));

        // Only the end of a pod can free a claim; a pod of the same name may have taken its place.
        _pods.Subscribe(change =>
        {
            if (change.Old is { } old && (change.IsDeleted || old.Metadata.Uid != change.Object.Metadata.Uid))
            {
                foreach (var claim in ClaimsOf(old))
                {
                    queue.Add(claim);
                }
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_claims.Cache.Find(key) is { } claim
            && await Protection.NextAsync(claim.Metadata, PersistentVolumeClaim.ProtectionFinalizer, () => IsUsedAsync(claim, cancellationToken)) is { } next)
        {
            await _services.Api.UpdateAsync(claim with { Metadata = next }, cancellationToken);
        }
    }

    // The cache may not show yet that a pod was given a node, and a claim that goes under a running pod does not come back:
    // "not used" is believed of the API only.
    private async Task<bool> IsUsedAsync(PersistentVolumeClaim claim, CancellationToken cancellationToken)
    {
        if (_pods.Cache.ByIndex(ByClaim, ObjectKey.Of(claim).ToString()).Any(pod => Uses(pod, claim)))
        {
            return true;
        }

        var pods = await _services.Api.ListAsync<Pod>(claim.Metadata.Namespace, new ListOptions(), cancellationToken);
        return pods.Items.Any(pod => Uses(pod, claim));
    }

    private static bool Uses(Pod pod, PersistentVolumeClaim claim) =>
        pod.Spec.NodeName.Length > 0
        && pod.Spec.Volumes.Any(volume =>
            volume.PersistentVolumeClaim?.ClaimName == claim.Metadata.Name
            || (volume.Ephemeral is not null
                && EphemeralClaim(pod, volume) == claim.Metadata.Name
                && claim.Metadata.OwnerReferences.Any(owner => owner.Controller == true && owner.Uid == pod.Metadata.Uid)));

    private static IEnumerable<ObjectKey> ClaimsOf(Pod pod) => pod.Spec.Volumes
        .Select(volume => volume.Ephemeral is not null ? EphemeralClaim(pod, volume) : volume.PersistentVolumeClaim?.ClaimName)
        .OfType<string>()
        .Select(name => new ObjectKey(pod.Metadata.Namespace, name));

    private static string EphemeralClaim(Pod pod, Volume volume) => $"{pod.Metadata.Name}-{volume.Name}";
}
