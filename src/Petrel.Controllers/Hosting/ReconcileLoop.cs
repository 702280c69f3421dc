using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Queues;

namespace Petrel.Controllers.Hosting;

/// <summary>Runs a reconciler over its queue. What fails is tried again, later each time.</summary>
internal sealed partial class ReconcileLoop(IReconciler reconciler, int workers, ControllerServices services) : IController, IDisposable
{
    private readonly ILogger _logger = services.Logging.CreateLogger<ReconcileLoop>();
    private readonly WorkQueue<ObjectKey> _queue = new(services.Time, services.Options.QueueObserver?.Invoke(reconciler.Name));

    public string Name => reconciler.Name;

    public void Setup() => reconciler.Setup(_queue);

    public Task RunAsync(CancellationToken cancellationToken) => _queue.RunAsync(workers, WorkAsync, cancellationToken);

    public void Dispose() => _queue.Dispose();

    private async Task WorkAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        try
        {
            await reconciler.ReconcileAsync(key, cancellationToken);
            _queue.Forget(key);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (ApiException exception) when (exception.IsConflict || exception.IsNotFound || exception.IsAlreadyExists)
        {
            // The cache is behind a change, a creation or a deletion: common, harmless, and over as soon as that arrives.
            Log.Behind(_logger, Name, key, exception.Message);
            _queue.AddRateLimited(key);
        }
        catch (ApiException exception) when (exception.IsNamespaceTerminating)
        {
            // Nothing more can be made there, and what is there goes away.
            _queue.Forget(key);
        }
        catch (Exception exception)
        {
            // One object that cannot be handled must not keep the others waiting, whatever the reason.
            Log.Failed(_logger, exception, Name, key, _queue.Failures(key) + 1);
            _queue.AddRateLimited(key);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "{Controller} tries {Key} again: {Message}")]
        public static partial void Behind(ILogger logger, string controller, ObjectKey key, string message);

        [LoggerMessage(LogLevel.Warning, "{Controller} could not handle {Key} (failure {Failures})")]
        public static partial void Failed(ILogger logger, Exception exception, string controller, ObjectKey key, int failures);
    }
}
