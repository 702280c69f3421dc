using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Networking;
using Petrel.Client.Api;
using Petrel.Client.Events;

namespace Petrel.ApiServer.Services;

/// <summary>
/// Makes the IPAddress object of a service's address anew when somebody deletes it, so that nobody else can take the address
/// (upstream's repair controller of service addresses).
/// </summary>
/// <param name="api">As the server itself.</param>
public sealed partial class ServiceAddressKeeper(IApi api, TimeProvider time, ILoggerFactory logging)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logging.CreateLogger<ServiceAddressKeeper>();

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var events = new EventRecorder(api, "ipallocator-repair-controller", "", time, logging.CreateLogger<EventRecorder>());
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var known = await api.ListAsync<IPAddress>(null, new ListOptions(), cancellationToken);
                await RepairAllAsync([.. known.Items.Select(static value => value.Metadata.Name)], events, cancellationToken);
                await foreach (var change in api.WatchAsync<IPAddress>(null, new ListOptions { ResourceVersion = known.ResourceVersion }, cancellationToken))
                {
                    if (change.Type == "DELETED" && change.Object.Spec.ParentRef is { Resource: "services", Group: "" } parent)
                    {
                        await RepairAsync(change.Object.Metadata.Name, parent, events, cancellationToken);
                    }
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is ApiException or HttpRequestException)
            {
                Log.Retrying(_logger, exception, RetryDelay.TotalSeconds);
                await Task.Delay(RetryDelay, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // What was deleted while nobody looked.
    private async Task RepairAllAsync(HashSet<string> known, EventRecorder events, CancellationToken cancellationToken)
    {
        foreach (var service in (await api.ListAsync<Service>(null, new ListOptions(), cancellationToken)).Items)
        {
            foreach (var address in AddressesOf(service).Where(address => !known.Contains(address)))
            {
                await MakeAsync(address, service, events, cancellationToken);
            }
        }
    }

    private async Task RepairAsync(string address, ParentReference parent, EventRecorder events, CancellationToken cancellationToken)
    {
        if (await api.FindAsync<Service>(parent.Namespace, parent.Name, cancellationToken) is { } service && AddressesOf(service).Contains(address))
        {
            await MakeAsync(address, service, events, cancellationToken);
        }
    }

    private async Task MakeAsync(string address, Service service, EventRecorder events, CancellationToken cancellationToken)
    {
        var family = address.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4";
        try
        {
            await api.CreateAsync(
                new IPAddress
                {
                    Metadata = new ObjectMeta { Name = address, Labels = ApiMap.FromPairs((IPAddress.FamilyLabel, family), (IPAddress.ManagedByLabel, IPAddress.AllocatorName)) },
                    Spec = new IPAddressSpec { ParentRef = new ParentReference { Resource = Service.Info.Resource, Namespace = service.Metadata.Namespace, Name = service.Metadata.Name } },
                },
                cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists)
        {
            return;
        }

        // Deleted meanwhile, the service would leave an address behind that nobody gives back.
        var now = await api.FindAsync<Service>(service.Metadata.Namespace, service.Metadata.Name, cancellationToken);
        if (now is null || !AddressesOf(now).Contains(address))
        {
            await api.DeleteAsync<IPAddress>(null, address, null, cancellationToken);
            return;
        }

        events.Warning(service, "ClusterIPNotAllocated", $"Cluster IP [{family}]: {address} is not allocated; repairing");
    }

    private static IEnumerable<string> AddressesOf(Service service) => service.Spec.ClusterIPs.Where(static address => address is not ("" or "None"));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Keeping the addresses of services failed; trying again in {Seconds} s")]
        public static partial void Retrying(ILogger logger, Exception exception, double seconds);
    }
}
