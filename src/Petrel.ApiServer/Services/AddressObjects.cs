using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Networking;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Writes;
using Petrel.Storage;
using NetworkAddress = System.Net.IPAddress;

namespace Petrel.ApiServer.Services;

/// <summary>
/// The IPAddress objects of services' addresses, by which everybody sees who has which. An object is made before the service
/// that gets the address and removed after the service gave it back, so an address is never in use without one.
/// </summary>
internal sealed class AddressObjects(ResourceStore store, TimeProvider time)
{
    private const string Manager = "kube-apiserver";

    private readonly FieldTracking _fields = new(store.Type);

    /// <summary>Takes the address for the service; false when an object of that name exists.</summary>
    public async ValueTask<bool> TryCreateAsync(NetworkAddress address, Service service)
    {
        var now = Now();
        var value = new IPAddress
        {
            Metadata = new ObjectMeta
            {
                Name = AddressText.Of(address),
                Labels = ApiMap.FromPairs(
                    (IPAddress.FamilyLabel, address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4"),
                    (IPAddress.ManagedByLabel, IPAddress.AllocatorName)),
            },
            Spec = new IPAddressSpec { ParentRef = ParentOf(service) },
        };
        var owned = _fields.Create(value, Manager, now);
        return await store.TryCreateAsync(owned with { Metadata = ObjectMetaRules.ForCreate(owned, now) }, CancellationToken.None) is not null;
    }

    /// <summary>Removes the object of an address, if it is the service's.</summary>
    public async ValueTask RemoveAsync(NetworkAddress address, Service service)
    {
        var parent = ParentOf(service);
        while (await store.FindAsync("", AddressText.Of(address), CancellationToken.None) is { } stored
            && ((IPAddress)stored.Decode()).Spec.ParentRef == parent
            && !await store.TryDeleteAsync(stored, CancellationToken.None))
        {
            // Somebody changed it in between.
        }
    }

    /// <summary>Makes the objects that are missing and removes those whose service is gone: a server may have stopped between two writes.</summary>
    public async ValueTask ReconcileAsync(IReadOnlyList<(NetworkAddress Address, Service Service)> held, CancellationToken cancellationToken)
    {
        var missing = held.ToDictionary(static pair => AddressText.Of(pair.Address), StringComparer.Ordinal);
        var stored = await store.RangeAsync(new RangeRequest(store.RangeOf("")), cancellationToken);
        foreach (var known in stored.Items.Select(store.Wrap))
        {
            var value = (IPAddress)known.Decode();
            var isHeld = missing.Remove(value.Metadata.Name, out var holder);
            var isOurs = value.Metadata.Labels.GetValueOrDefault(IPAddress.ManagedByLabel) == IPAddress.AllocatorName;
            if (isOurs && (!isHeld || value.Spec.ParentRef != ParentOf(holder.Service)))
            {
                await store.TryDeleteAsync(known, CancellationToken.None);
                if (isHeld)
                {
                    missing.Add(value.Metadata.Name, holder);
                }
            }
        }

        foreach (var (address, service) in missing.Values)
        {
            await TryCreateAsync(address, service);
        }
    }

    private static ParentReference ParentOf(Service service) =>
        new() { Resource = Service.Info.Resource, Namespace = service.Metadata.Namespace, Name = service.Metadata.Name };

    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}
