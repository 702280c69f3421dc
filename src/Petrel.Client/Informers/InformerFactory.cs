using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.Client.Informers;

/// <summary>
/// Hands out informers, one per kind and options however many ask for it. Informers run from <see cref="Start"/> (or from
/// when they are asked for, if that is later) until the factory is disposed.
/// </summary>
public sealed partial class InformerFactory(IApi api, TimeProvider time, ILogger<InformerFactory> logger) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(Type Type, InformerOptions Options), IInformer> _informers = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _started;

    /// <summary>Faults when a handler of an informer threw, which ends that informer: a bug that the program should not outlive.</summary>
    public Task Failure => _failed.Task;

    public Informer<T> For<T>() where T : ApiObject, IResource<T>, IApiType<T> => For<T>(InformerOptions.Default);

    public Informer<T> For<T>(InformerOptions options) where T : ApiObject, IResource<T>, IApiType<T>
    {
        lock (_lock)
        {
            if (_informers.TryGetValue((typeof(T), options), out var found))
            {
                return (Informer<T>)found;
            }

            var informer = new Informer<T>(ObjectSource.Of<T>(api), options, time, logger);
            _informers.Add((typeof(T), options), informer);
            if (_started)
            {
                Run(informer);
            }

            return informer;
        }
    }

    public void Start()
    {
        lock (_lock)
        {
            if (_started)
            {
                return;
            }

            _started = true;
            foreach (var informer in _informers.Values)
            {
                Run(informer);
            }
        }
    }

    /// <summary>Waits until every informer asked for so far has its first list.</summary>
    public async Task WaitForSyncAsync(CancellationToken cancellationToken)
    {
        IInformer[] informers;
        lock (_lock)
        {
            informers = [.. _informers.Values];
        }

        foreach (var informer in informers)
        {
            await informer.WaitForSyncAsync(cancellationToken);
        }
    }

    /// <summary>Ends all informers and waits for them.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private void Run(IInformer informer) => _running.Add(Task.Run(async () =>
    {
        try
        {
            await informer.RunAsync(_stop.Token);
        }
        catch (Exception exception)
        {
            Log.Broke(logger, exception);
            _failed.TrySetException(exception);
        }
    }));

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "an informer ended by an exception that is not the server's")]
        public static partial void Broke(ILogger logger, Exception exception);
    }
}
