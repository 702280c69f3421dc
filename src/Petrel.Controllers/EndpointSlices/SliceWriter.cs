using Petrel.Api.Discovery;
using Petrel.Client.Api;
using Petrel.Client.Informers;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>Writes slices as planned, and knows which of them the cache does not show yet.</summary>
internal sealed class SliceWriter(IApi api)
{
    private readonly WrittenSlices _written = new();

    /// <summary>
    /// Puts the owner into the queue, by <paramref name="enqueue"/>, when one of its slices changes by whoever's hand.
    /// </summary>
    /// <param name="ownerOf">Name of the slice's owner; null for slices of others.</param>
    public void Watch(Informer<EndpointSlice> slices, Func<EndpointSlice, string?> ownerOf, Action<ObjectKey> enqueue) => slices.Subscribe(change =>
    {
        foreach (var slice in new[] { change.Old, change.New })
        {
            if (slice is not null && ownerOf(slice) is { } name)
            {
                var key = new ObjectKey(slice.Metadata.Namespace, name);
                if (change.IsDeleted)
                {
                    _written.Removed(key, slice);
                }

                enqueue(key);
            }
        }
    });

    /// <summary>The cache shows all that was written for the owner: planning from it writes nothing twice.</summary>
    public bool IsCaughtUp(ObjectKey owner, IReadOnlyList<EndpointSlice> present) => _written.AreVisible(owner, present);

    public void Forget(ObjectKey owner) => _written.Forget(owner);

    /// <param name="finish">The last touch to what is written.</param>
    public async Task CarryOutAsync(ObjectKey owner, SlicePlan plan, Func<EndpointSlice, EndpointSlice> finish, CancellationToken cancellationToken)
    {
        foreach (var slice in plan.Create)
        {
            _written.Written(owner, await api.CreateAsync(finish(slice), cancellationToken));
        }

        foreach (var slice in plan.Update)
        {
            _written.Written(owner, await api.UpdateAsync(finish(slice), cancellationToken));
        }

        foreach (var slice in plan.Delete)
        {
            await api.DeleteAsync<EndpointSlice>(slice.Metadata.Namespace, slice.Metadata.Name, null, cancellationToken);
            _written.Removed(owner, slice);
        }
    }
}
