using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Petrel.Metrics;
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
    private readonly ServiceRanges _ranges;
    private readonly string[] _families;
    private readonly PortRange _ports;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _loading = new(1);
    private volatile bool _isLoaded;

    public ServiceAllocation(ResourceStore services, AddressObjects objects, ServiceRanges ranges, PortRange ports, ILogger logger)
    {
        (_services, _objects, _ranges, _ports, _logger) = (services, objects, ranges, ports, logger);
        _families = [.. ranges.Own.Select(static range => range.Family)];
    }

    public Type Kind => typeof(Service);

    /// <summary>Shows how many addresses and node ports are taken, under upstream's names.</summary>
    public void ShowUse(MetricRegistry registry)
    {
        void Addresses(string name, string help, Func<NumberPool, double> read) => registry.Read<RangeLabel>("kube_apiserver_clusterip_allocator_" + name, "gauge", help, async cancellationToken =>
        {
            await LoadAsync(cancellationToken);
            return [.. _ranges.All.Select(range => (new RangeLabel(range.Text), read(range.Pool)))];
        });
        void Ports(string name, string help, Func<NumberPool, double> read) => registry.Read<NoLabels>("kube_apiserver_nodeport_allocator_" + name, "gauge", help, async cancellationToken =>
        {
            await LoadAsync(cancellationToken);
            return [(default, read(_ports.Pool))];
        });

        Addresses("allocated_ips", "Addresses of services that are taken.", static pool => pool.Count);
        Addresses("available_ips", "Addresses of services that are free.", static pool => pool.Size - (double)pool.Count);
        Ports("allocated_ports", "Node ports that are taken.", static pool => pool.Count);
        Ports("available_ports", "Node ports that are free.", static pool => pool.Size - (double)pool.Count);
    }

    public async ValueTask<WriteReservation> BeginWriteAsync(ApiObject value, ApiObject? old, bool dryRun, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        var service = (Service)value;
        var errors = new FieldErrors();
        var spec = ServiceFamilies.Resolve(service.Spec, (old as Service)?.Spec, _families, errors);
        ThrowIfAny(errors, service);

        var claims = new ServiceAddressClaims(_ranges, _objects, service, dryRun);
        var ports = new PoolClaims(_ports.Pool, HolderOf(service), dryRun);
        async ValueTask CommitAsync()
        {
            ports.Commit();
            await claims.CommitAsync();
        }

        async ValueTask RollbackAsync()
        {
            ports.Rollback();
            await claims.RollbackAsync();
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
        foreach (var address in AddressesOf(service.Spec.ClusterIPs))
        {
            await _objects.RemoveAsync(address, service);
            foreach (var (range, number) in _ranges.Containing(address))
            {
                range.Pool.Release(number, holder);
            }
        }

        foreach (var port in ServicePortAllocation.PortsOf(service.Spec))
        {
            if (_ports.NumberOf(port) is { } number)
            {
                _ports.Pool.Release(number, holder);
            }
        }
    }

    public void Dispose()
    {
        _loading.Dispose();
        _ranges.Dispose();
    }

    private static string HolderOf(Service service) => service.Metadata.Uid;

    private static void ThrowIfAny(FieldErrors errors, Service service)
    {
        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("", Service.Info.Kind, service.Metadata.Name, errors));
        }
    }

    /// <summary>An address for each family; those that the service has already stay, or are refused by its own rules.</summary>
    private async ValueTask<ServiceSpec> AllocateAddressesAsync(Service service, ServiceSpec before, ServiceAddressClaims claims)
    {
        var spec = service.Spec;
        if (!spec.NeedsClusterIP || spec.IsHeadless || before.IsHeadless)
        {
            claims.ReleaseOnCommit(AddressesOf(before.NeedsClusterIP && !before.IsHeadless ? before.ClusterIPs : default));
            return spec;
        }

        var had = before.NeedsClusterIP ? before.ClusterIPs.Count : 0;
        var addresses = spec.ClusterIPs.ToList();
        for (var i = had; i < spec.IpFamilies.Count; i++)
        {
            var family = spec.IpFamilies[i];
            if (!_families.Contains(family))
            {
                // A service that prefers two families on a cluster that lost one keeps what it has.
                break;
            }

            if (i < addresses.Count && addresses[i].Length > 0)
            {
                await TakeAsync(service, addresses[i], family, claims);
            }
            else
            {
                addresses.Add(await TakeAnyAsync(family, claims));
            }
        }

        claims.ReleaseOnCommit(AddressesOf(before.NeedsClusterIP ? [.. before.ClusterIPs.Skip(addresses.Count)] : default));
        return addresses.Count == 0 ? spec : spec with { ClusterIPs = [.. addresses], ClusterIP = addresses[0] };
    }

    private static async ValueTask TakeAsync(Service service, string text, string family, ServiceAddressClaims claims)
    {
        // Validated by now.
        var address = ServiceFamilies.AddressOf(text) ?? throw new InvalidOperationException($"{text} is no address");
        if (await claims.TakeAsync(address, family) is { } refusal)
        {
            var errors = new FieldErrors();
            errors.Invalid(FieldPath.Root.Child("spec", "clusterIPs"), service.Spec.ClusterIPs, $"failed to allocate IP {text}: {refusal}");
            ThrowIfAny(errors, service);
        }
    }

    private static async ValueTask<string> TakeAnyAsync(string family, ServiceAddressClaims claims) => await claims.TakeAnyAsync(family) is { } address
        ? AddressText.Of(address)
        : throw new StatusException(Statuses.InternalError("failed to allocate a serviceIP: range is full"));

    private static IEnumerable<IPAddress> AddressesOf(ApiList<string> addresses) => addresses.Select(ServiceFamilies.AddressOf).OfType<IPAddress>();

    // The ranges are looked at before every write: one that an administrator added gives addresses from then on.
    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        if (_isLoaded)
        {
            await _ranges.RefreshAsync(FillAsync, cancellationToken);
            return;
        }

        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_isLoaded)
            {
                return;
            }

            await _ranges.RefreshAsync(static (_, _) => ValueTask.CompletedTask, cancellationToken);
            var services = await AllAsync(cancellationToken);
            services.ForEach(Hold);
            await _objects.ReconcileAsync([.. services.SelectMany(HeldBy)], cancellationToken);
            _isLoaded = true;
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Lets a new range know which of its addresses services have already, from an earlier range that overlapped it.</summary>
    private async ValueTask FillAsync(AddressRange range, CancellationToken cancellationToken)
    {
        foreach (var service in await AllAsync(cancellationToken))
        {
            foreach (var number in AddressesOf(service.Spec.ClusterIPs).Select(range.NumberOf).OfType<ulong>())
            {
                range.Pool.TryClaim(number, HolderOf(service));
            }
        }
    }

    private async ValueTask<List<Service>> AllAsync(CancellationToken cancellationToken)
    {
        var stored = await _services.RangeAsync(new RangeRequest(_services.RangeOf("")), cancellationToken);
        return [.. stored.Items.Select(pair => (Service)_services.Wrap(pair).Decode())];
    }

    // An address of no range is kept as well: its range may come back.
    private IEnumerable<(IPAddress Address, Service Service)> HeldBy(Service service) =>
        from address in AddressesOf(service.Spec.ClusterIPs)
        let places = _ranges.Containing(address).ToList()
        where places.Count == 0 || places.Exists(place => place.Range.Pool.IsHeldBy(place.Number, HolderOf(service)))
        select (address, service);

    private void Hold(Service service)
    {
        var (holder, name) = (HolderOf(service), $"{service.Metadata.Namespace}/{service.Metadata.Name}");
        foreach (var address in AddressesOf(service.Spec.ClusterIPs))
        {
            foreach (var (range, number) in _ranges.Containing(address))
            {
                if (!range.Pool.TryClaim(number, holder))
                {
                    Log.HeldTwice(_logger, name, address.ToString());
                }
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

    private readonly record struct RangeLabel(string Range) : ILabels<RangeLabel>
    {
        public static IReadOnlyList<string> Names { get; } = ["cidr"];

        public IReadOnlyList<string> Values() => [Range];
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Service {Service} was stored with {What}, which another service has, too; delete one of them")]
        public static partial void HeldTwice(ILogger logger, string service, string what);
    }
}
