using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.StorageProtection;

/// <summary>Lets a deleted persistent volume go once no claim is bound to it (upstream's PV protection controller).</summary>
internal sealed class VolumeProtectionController(ControllerServices services) : IReconciler
{
    private readonly Informer<PersistentVolume> _volumes = services.Informers.For<PersistentVolume>();

    public string Name => "persistentvolume-protection-controller";

    public void Setup(WorkQueue<ObjectKey> queue) => _volumes.Subscribe(
        added: volume => queue.Add(ObjectKey.Of(volume)),
        updated: (_, volume) => queue.Add(ObjectKey.Of(volume)));

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_volumes.Cache.Find(key) is { } volume
            && await Protection.NextAsync(volume.Metadata, PersistentVolume.ProtectionFinalizer, () => Task.FromResult(volume.Status.Phase == "Bound")) is { } next)
        {
            await services.Api.UpdateAsync(volume with { Metadata = next }, cancellationToken);
        }
    }
}
