using Microsoft.Extensions.Logging;
using Petrel.Api.Registration;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Registry;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;

namespace Petrel.ApiServer.Aggregation;

/// <summary>
/// Registers the group versions of custom resources and removes them with the last of these. An object of that name that
/// somebody else has made stays as it is.
/// </summary>
public sealed partial class CustomApiServices
{
    private static readonly InformerOptions OwnOnly = new() { LabelSelector = $"{LocalApiServices.ManagedLabel}={LocalApiServices.Managed}" };

    private readonly ResourceRegistry _registry;
    private readonly IApi _api;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logging;
    private readonly ILogger _logger;

    internal CustomApiServices(ResourceRegistry registry, IApi api, TimeProvider time, ILoggerFactory logging)
    {
        (_registry, _api, _time, _logging) = (registry, api, time, logging);
        _logger = logging.CreateLogger<CustomApiServices>();
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // By the name of the APIService.
        using var queue = new WorkQueue<string>(_time);
        await using var informers = new InformerFactory(_api, _time, _logging.CreateLogger<InformerFactory>());
        var own = informers.For<APIService>(OwnOnly);
        void AddAll()
        {
            foreach (var (group, version) in _registry.CustomVersions ?? new HashSet<(string, string)>())
            {
                queue.Add(APIService.NameOf(group, version));
            }

            foreach (var registration in own.Cache.List())
            {
                queue.Add(registration.Metadata.Name);
            }
        }

        own.Subscribe(change => queue.Add(change.Object.Metadata.Name));
        _registry.CustomVersionsChanged += AddAll;
        try
        {
            informers.Start();
            AddAll();
            await queue.RunAsync(workers: 1, (name, token) => WorkAsync(queue, own.Cache, name, token), cancellationToken);
        }
        finally
        {
            _registry.CustomVersionsChanged -= AddAll;
        }
    }

    private async Task WorkAsync(WorkQueue<string> queue, ObjectCache<APIService> own, string name, CancellationToken cancellationToken)
    {
        try
        {
            await ReconcileAsync(own, name, cancellationToken);
            queue.Forget(name);
        }
        catch (ApiException exception)
        {
            Log.Failed(_logger, exception, name);
            queue.AddRateLimited(name);
        }
    }

    private async Task ReconcileAsync(ObjectCache<APIService> own, string name, CancellationToken cancellationToken)
    {
        // Before the definitions are read, what was registered before is not known to be in vain.
        if (_registry.CustomVersions is not { } served)
        {
            return;
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var (group, version) = (name[(dot + 1)..], name[..dot]);
        if (served.Contains((group, version)))
        {
            var wanted = LocalApiServices.Of(group, version, ServicePriority.Custom, LocalApiServices.Managed);
            if (own.Find(null, name) is { } known && LocalApiServices.Reconcile(known, wanted) is null)
            {
                return;
            }

            await _api.EnsureAsync(wanted, stored => LocalApiServices.Reconcile(stored, wanted), cancellationToken);
        }
        else if (await _api.FindAsync<APIService>(null, name, cancellationToken) is { } stored
            && stored.Metadata.Labels.GetValueOrDefault(LocalApiServices.ManagedLabel) == LocalApiServices.Managed)
        {
            await _api.DeleteAsync<APIService>(null, name, null, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "{Name} could not be registered or removed; trying again")]
        public static partial void Failed(ILogger logger, Exception exception, string name);
    }
}
