using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Services;

/// <summary>
/// Gives services their addresses and node ports, each to one service only, and takes them back. The stored services are
/// the record: what they hold is read once, at the first write of a service, and followed from then on by the writes
/// themselves, so nothing can be lost or held twice over a restart.
/// </summary>
/// <remarks>
/// That is exact for one server over a store, which the embedded store enforces. The IPAddress objects beside them are what
/// clients see, and what keeps addresses apart that somebody took without a service.
/// </remarks>
internal sealed partial class ServiceAllocation : IWriteHook, IDisposable
{
    private readonly ResourceStore _services;
    private readonly AddressObjects _objects;
    private readonly IReadOnlyList<AddressRange> _addresses;
    private readonly string[] _families;
    private readonly PortRange _ports;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _loading = new(1);
    private volatile bool _isLoaded;

    public ServiceAllocation(ResourceStore services, AddressObjects objects, IReadOnlyList<AddressRange> addresses, PortRange ports, ILogger logger)
    {
        (_services, _objects, _addresses, _ports, _logger) = (services, objects, addresses, ports, logger);
        _families = [.. addresses.Select(static range => range.Family)];
    }

    public Type Kind => typeof(Service);

    public async ValueTask<WriteReservation> BeginWriteAsync(ApiObject value, ApiObject? old, bool dryRun, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var service = (Service)value;
        var errors = new FieldErrors();
        var spec = ServiceFamilies.Resolve(service.Spec, (old as Service)?.Spec, _families, errors);
        ThrowIfAny(errors, service);

        var claims = _addresses.Select(range => new AddressClaims(range, _objects, service, dryRun)).ToList();
        var ports = new PoolClaims(_ports.Pool, HolderOf(service), dryRun);
        async ValueTask CommitAsync()
        {
            ports.Commit();
            foreach (var claim in claims)
            {
                await claim.CommitAsync();
            }
        }

        async ValueTask RollbackAsync()
        {
            ports.Rollback();
            foreach (var claim in claims)
            {
                await claim.RollbackAsync();
            }
        }

        try
        {
            var before = (old as Service)?.Spec ?? ServiceSpec.Empty;
            spec = await AllocateAddressesAsync(service with { Spec = spec }, before, claims);
            spec = new ServicePortAllocation(_ports, ports, service.Metadata.Name).Allocate(spec, (old as Service)?.Spec);
            return new WriteReservation(service with { Spec = spec }, CommitAsync, RollbackAsync);
        }
        catch (StatusException)
        {
            await RollbackAsync();
            throw;
        }
    }

    public async ValueTask AfterDeleteAsync(ApiObject old)
    {
        // Deleted before the services were read, or while they were: then they may have been read with this one.
        await LoadAsync(CancellationToken.None);
        var service = (Service)old;
        var holder = HolderOf(service);
        foreach (var (range, number) in NumbersOf(service.Spec.ClusterIPs))
        {
            await _objects.RemoveAsync(range.AddressOf(number), service);
            range.Pool.Release(number, holder);
        }

        foreach (var port in ServicePortAllocation.PortsOf(service.Spec))
        {
            if (_ports.NumberOf(port) is { } number)
            {
                _ports.Pool.Release(number, holder);
            }
        }
    }

    public void Dispose() => _loading.Dispose();

    private static string HolderOf(Service service) => service.Metadata.Uid;

    private static void ThrowIfAny(FieldErrors errors, Service service)
    {
        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("", Service.Info.Kind, service.Metadata.Name, errors));
        }
    }

    /// <summary>An address for each family; those that the service has already stay, or are refused by its own rules.</summary>
    private async ValueTask<ServiceSpec> AllocateAddressesAsync(Service service, ServiceSpec before, List<AddressClaims> claims)
    {
        var spec = service.Spec;
        if (!spec.NeedsClusterIP || spec.IsHeadless || before.IsHeadless)
        {
            Release(before.NeedsClusterIP && !before.IsHeadless ? before.ClusterIPs : default, claims);
            return spec;
        }

        var had = before.NeedsClusterIP ? before.ClusterIPs.Count : 0;
        var addresses = spec.ClusterIPs.ToList();
        for (var i = had; i < spec.IpFamilies.Count; i++)
        {
            var family = Array.IndexOf(_families, spec.IpFamilies[i]);
            if (family < 0)
            {
                // A service that prefers two families on a cluster that lost one keeps what it has.
                break;
            }

            if (i < addresses.Count && addresses[i].Length > 0)
            {
                await TakeAsync(service, addresses[i], _addresses[family], claims[family]);
            }
            else
            {
                addresses.Add(await TakeAnyAsync(claims[family]));
            }
        }

        Release(before.NeedsClusterIP ? [.. before.ClusterIPs.Skip(addresses.Count)] : default, claims);
        return addresses.Count == 0 ? spec : spec with { ClusterIPs = [.. addresses], ClusterIP = addresses[0] };
    }

    private void Release(ApiList<string> addresses, List<AddressClaims> claims)
    {
        foreach (var (range, number) in NumbersOf(addresses))
        {
            claims[Array.IndexOf(_families, range.Family)].ReleaseOnCommit(number);
        }
    }

    private static async ValueTask TakeAsync(Service service, string text, AddressRange range, AddressClaims claims)
    {
        // Validated by now.
        var address = ServiceFamilies.AddressOf(text) ?? throw new InvalidOperationException($"{text} is no address");
        var refusal = range.NumberOf(address) is not { } number ? range.Refusal(address)
            : await claims.TryTakeAsync(address, number) ? null : "provided IP is already allocated";
        if (refusal is not null)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Root.Child("spec", "clusterIPs"), service.Spec.ClusterIPs, $"failed to allocate IP {text}: {refusal}");
            ThrowIfAny(errors, service);
        }
    }

    private static async ValueTask<string> TakeAnyAsync(AddressClaims claims) => await claims.TakeAnyAsync() is { } address
        ? AddressText.Of(address)
        : throw new StatusException(Statuses.InternalError("failed to allocate a serviceIP: range is full"));

    private IEnumerable<(AddressRange Range, ulong Number)> NumbersOf(ApiList<string> addresses) =>
        from text in addresses
        let address = ServiceFamilies.AddressOf(text)
        where address is not null
        from range in _addresses
        let number = range.NumberOf(address)
        where number is not null
        select (range, number.Value);

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded)
        {
            return;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_isLoaded)
            {
                return;
            }

            var stored = await _services.RangeAsync(new RangeRequest(_services.RangeOf("")), cancellationToken);
            var services = stored.Items.Select(pair => (Service)_services.Wrap(pair).Decode()).ToList();
            services.ForEach(Hold);
            await _objects.ReconcileAsync([.. services.SelectMany(HeldBy)], cancellationToken);
            _isLoaded = true;
        }
        finally
        {
            _loading.Release();
        }
    }

    private IEnumerable<(IPAddress Address, Service Service)> HeldBy(Service service) =>
        from held in NumbersOf(service.Spec.ClusterIPs)
        where held.Range.Pool.IsHeldBy(held.Number, HolderOf(service))
        select (held.Range.AddressOf(held.Number), service);

    private void Hold(Service service)
    {
        var (holder, name) = (HolderOf(service), $"{service.Metadata.Namespace}/{service.Metadata.Name}");
        foreach (var (range, number) in NumbersOf(service.Spec.ClusterIPs))
        {
            if (!range.Pool.TryClaim(number, holder))
            {
                Log.HeldTwice(_logger, name, range.AddressOf(number).ToString());
            }
        }

        foreach (var port in ServicePortAllocation.PortsOf(service.Spec))
        {
            if (_ports.NumberOf(port) is { } number && !_ports.Pool.TryClaim(number, holder))
            {
                Log.HeldTwice(_logger, name, $"node port {port}");
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service} was stored with {What}, which another service has, too; delete one of them")]
        public static partial void HeldTwice(ILogger logger, string service, string what);
    }
}
