using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Resources;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>
/// Deletes objects whose owners are gone, and carries out foreground deletion and orphaning, for all resources including
/// custom ones (documented as "Garbage Collection" and "Owners and Dependents").
/// </summary>
internal sealed partial class GarbageCollector : IController, IDisposable
{
    private const int Workers = 10;

    private readonly WorkQueue<string> _deletions;
    private readonly WorkQueue<string> _orphanings;
    private readonly OwnerGraph _graph;
    private readonly ResourceWatches _watches;
    private readonly DependentDeletion _deletion;
    private readonly DependentOrphaning _orphaning;
    private readonly ILogger _logger;

    public GarbageCollector(ControllerServices services)
    {
        _logger = services.Logging.CreateLogger<GarbageCollector>();
        _deletions = new WorkQueue<string>(services.Time, services.Options.QueueObserver?.Invoke("garbage_collector_attempt_to_delete"));
        _orphanings = new WorkQueue<string>(services.Time, services.Options.QueueObserver?.Invoke("garbage_collector_attempt_to_orphan"));
        _watches = new ResourceWatches(services.Api, services.Time, _logger);
        _graph = new OwnerGraph(_watches.Find, _deletions.Add, _orphanings.Add);
        var objects = new ObjectMetadataApi(services.Api);
        _deletion = new DependentDeletion(_graph, objects, _watches.Find, _deletions);
        _orphaning = new DependentOrphaning(_graph, objects);
    }

    public string Name => "garbage-collector-controller";

    public void Setup()
    {
        // It follows resources of its own, which discovery tells.
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task> running =
        [
            _watches.RunAsync(info => new GraphedResource(info, _graph), stop.Token),
            _deletions.RunAsync(Workers, (uid, token) => AttemptAsync(_deletions, _deletion.RunAsync, uid, token), stop.Token),
            _orphanings.RunAsync(Workers, (uid, token) => AttemptAsync(_orphanings, _orphaning.RunAsync, uid, token), stop.Token),
        ];
        await Task.WhenAny(running);
        await stop.CancelAsync();
        await Task.WhenAll(running);
    }

    public void Dispose()
    {
        _deletions.Dispose();
        _orphanings.Dispose();
    }

    private async Task AttemptAsync(WorkQueue<string> queue, Func<string, CancellationToken, Task> attempt, string uid, CancellationToken cancellationToken)
    {
        try
        {
            await attempt(uid, cancellationToken);
            queue.Forget(uid);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ApiException exception)
        {
            // A conflict (the object changed since it was read), or a refusal: looked at again.
            Log.Refused(_logger, uid, exception.Message);
            queue.AddRateLimited(uid);
        }
        catch (UnknownOwnerException exception)
        {
            // Its definition may just have come.
            Log.Refused(_logger, uid, exception.Message);
            queue.AddRateLimited(uid);
        }
        catch (Exception exception)
        {
            // One object that cannot be handled must not keep the others waiting, whatever the reason.
            Log.Failed(_logger, exception, uid);
            queue.AddRateLimited(uid);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "garbage collection of the object with uid {Uid} is tried again: {Message}")]
        public static partial void Refused(ILogger logger, string uid, string message);

        [LoggerMessage(LogLevel.Warning, "the garbage collector could not handle the object with uid {Uid}")]
        public static partial void Failed(ILogger logger, Exception exception, string uid);
    }
}
