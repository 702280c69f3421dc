using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Registration;
using Petrel.ApiServer.OpenApi.Remote;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Metrics;

namespace Petrel.ApiServer.Aggregation;

/// <summary>
/// Keeps the condition Available of every APIService true: asks extension API servers whether they answer when something
/// about them changes, again soon when they do not, and now and then when they do.
/// </summary>
public sealed partial class AvailabilityController
{
    /// <summary>How many servers are asked at the same time: one that hangs must not hold up the others.</summary>
    private const int Workers = 5;

    /// <summary>A server is asked at least this often.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly IApi _api;
    private readonly AvailabilityCheck _check;
    private readonly RemoteDiscovery _discovery;
    private readonly RemoteOpenApi _openApi;
    private readonly ExtensionClients _clients;
    private readonly MetricFamily<UnavailableLabels, Counter> _unavailable;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logging;
    private readonly ILogger _logger;

    // Which registrations stand on a service; as many as there are registrations.
    private readonly ConcurrentDictionary<string, ServiceReference> _followed = new();

    internal AvailabilityController(
        IApi api, AvailabilityCheck check, RemoteDiscovery discovery, RemoteOpenApi openApi, ExtensionClients clients, MetricFamily<UnavailableLabels, Counter> unavailable, TimeProvider time, ILoggerFactory logging)
    {
        (_api, _check, _discovery, _openApi, _clients, _unavailable, _time, _logging) = (api, check, discovery, openApi, clients, unavailable, time, logging);
        _logger = logging.CreateLogger<AvailabilityController>();
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var queue = new WorkQueue<string>(_time);
        await using var informers = new InformerFactory(_api, _time, _logging.CreateLogger<InformerFactory>());
        informers.For<APIService>().Subscribe(change => queue.Add(change.Object.Metadata.Name));

        // Most clusters have no extension servers: what these stand on is followed from the first one on.
        var follow = new Lazy<bool>(() =>
        {
            informers.For<Service>().Subscribe(change => AddDependents(queue, change.Object.Metadata.Namespace, change.Object.Metadata.Name));
            informers.For<EndpointSlice>().Subscribe(change =>
                AddDependents(queue, change.Object.Metadata.Namespace, change.Object.Metadata.Labels.GetValueOrDefault("kubernetes.io/service-name") ?? ""));
            return true;
        });
        informers.Start();
        await queue.RunAsync(Workers, (name, token) => WorkAsync(queue, follow, name, token), cancellationToken);
    }

    private void AddDependents(WorkQueue<string> queue, string @namespace, string service)
    {
        foreach (var (name, reference) in _followed)
        {
            if (reference.Namespace == @namespace && reference.Name == service)
            {
                queue.Add(name);
            }
        }
    }

    private async Task WorkAsync(WorkQueue<string> queue, Lazy<bool> follow, string name, CancellationToken cancellationToken)
    {
        try
        {
            var registration = await _api.FindAsync<APIService>(null, name, cancellationToken);
            if (registration is not { Spec.Service: { } reference })
            {
                Forget(queue, name);
                await SetAsync(registration, APIServiceCondition.Local, cancellationToken);
                return;
            }

            _followed[name] = reference;
            _ = follow.Value;
            var condition = await _check.RunAsync(registration, cancellationToken);
            await SetAsync(registration, condition, cancellationToken);
            await _discovery.RefreshAsync(registration, condition.Status == "True", cancellationToken);
            if (condition.Status == "True")
            {
                await _openApi.RefreshAsync(registration, cancellationToken);
            }

            queue.AddAfter(name, Interval);
            if (condition.Status == "True")
            {
                queue.Forget(name);
            }
            else
            {
                queue.AddRateLimited(name);
            }
        }
        catch (ApiException exception) when (exception.IsConflict || exception.IsNotFound)
        {
            // It has just been changed: look at what it is now.
            queue.AddRateLimited(name);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One registration that cannot be handled must not keep the others waiting, whatever the reason.
            Log.Failed(_logger, exception, name);
            queue.AddAfter(name, Interval);
        }
    }

    private void Forget(WorkQueue<string> queue, string name)
    {
        queue.Forget(name);
        if (_followed.TryRemove(name, out _))
        {
            _clients.Forget(name);
            _discovery.Forget(name);
            _openApi.Forget(name);
        }
    }

    private async Task SetAsync(APIService? registration, APIServiceCondition condition, CancellationToken cancellationToken)
    {
        if (registration is null)
        {
            return;
        }

        var known = registration.Status.Availability;
        var now = _time.GetUtcNow();
        var next = condition with { LastTransitionTime = known?.Status == condition.Status ? known.LastTransitionTime : new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero) };
        if (next == known)
        {
            return;
        }

        var others = registration.Status.Conditions.Where(static each => each.Type != APIServiceCondition.Available);
        await _api.UpdateStatusAsync(registration with { Status = new APIServiceStatus { Conditions = [.. others, next] } }, cancellationToken);
        if (known is { Status: "True" } && next.Status != "True")
        {
            _unavailable.Of(new UnavailableLabels(registration.Metadata.Name, next.Reason)).Add(1);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "the availability of {Name} could not be found out")]
        public static partial void Failed(ILogger logger, Exception exception, string name);
    }
}
