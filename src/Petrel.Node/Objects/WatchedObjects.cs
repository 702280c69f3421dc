using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;
using Petrel.Client.Informers;

namespace Petrel.Node.Objects;

/// <summary>
/// The objects of one kind that pods of this node refer to, each followed by a watch of its own name as long as a pod
/// needs it. As many watches as there are such objects.
/// </summary>
/// <param name="isImmutable">What never changes again is kept, but its watch is ended.</param>
/// <param name="changed">Told the uid of each pod that refers to an object that changed.</param>
internal sealed partial class WatchedObjects<T>(IApi api, Func<T, bool> isImmutable, Action<string> changed, TimeProvider time, ILogger logger) : IAsyncDisposable
    where T : ApiObject, IResource<T>, IApiType<T>
{
    // As long as upstream's kubelet waits for a first answer. After it this node asks once more, to get an error to show.
    private static readonly TimeSpan FirstAnswerTime = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, Watched> _watched = [];
    private readonly Dictionary<string, IReadOnlySet<ObjectKey>> _podKeys = new(StringComparer.Ordinal);
    private bool _disposed;

    /// <summary>Watches what a pod needs now, and ends what it alone needed before.</summary>
    public void Set(string podUid, IReadOnlySet<ObjectKey> keys)
    {
        lock (_lock)
        {
            var before = _podKeys.GetValueOrDefault(podUid);
            if (_disposed || (before is null && keys.Count == 0) || before?.SetEquals(keys) == true)
            {
                return;
            }

            foreach (var key in keys)
            {
                if (!_watched.TryGetValue(key, out var watched))
                {
                    _watched[key] = watched = new Watched(this, key);
                }

                watched.Pods.Add(podUid);
            }

            foreach (var gone in before?.Except(keys).ToList() ?? [])
            {
                Release(gone, podUid);
            }

            if (keys.Count == 0)
            {
                _podKeys.Remove(podUid);
            }
            else
            {
                _podKeys[podUid] = keys;
            }
        }
    }

    /// <returns>Null when it does not exist.</returns>
    /// <exception cref="ApiException">The server refused.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public async Task<T?> FindAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        Watched? watched;
        lock (_lock)
        {
            watched = _watched.GetValueOrDefault(key);
        }

        if (watched is not null)
        {
            try
            {
                await watched.Informer.WaitForSyncAsync(cancellationToken).WaitAsync(FirstAnswerTime, time, cancellationToken);
                return watched.Informer.Cache.Find(key);
            }
            catch (TimeoutException)
            {
                // The watch has no answer: a question of our own says why.
            }
        }

        return await api.FindAsync<T>(key.Namespace, key.Name, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        List<Watched> all;
        lock (_lock)
        {
            _disposed = true;
            all = [.. _watched.Values];
            _watched.Clear();
            _podKeys.Clear();
        }

        foreach (var watched in all)
        {
            watched.Stop();
            await watched.Running;
        }
    }

    private void Release(ObjectKey key, string podUid)
    {
        if (_watched.TryGetValue(key, out var watched) && watched.Pods.Remove(podUid) && watched.Pods.Count == 0)
        {
            watched.Stop();
            _watched.Remove(key);
        }
    }

    private void Tell(Watched watched)
    {
        string[] pods;
        lock (_lock)
        {
            pods = [.. watched.Pods];
        }

        foreach (var pod in pods)
        {
            changed(pod);
        }
    }

    [SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "a source without a timer holds nothing, and its token is used until the watch has ended")]
    private sealed class Watched
    {
        private readonly CancellationTokenSource _stop = new();

        public Watched(WatchedObjects<T> owner, ObjectKey key)
        {
            var options = new InformerOptions { Namespace = key.Namespace, FieldSelector = "metadata.name=" + key.Name };
            Informer = new Informer<T>(ObjectSource.Of<T>(owner.Api), options, owner.Time, owner.Logger);
            Informer.Subscribe(change =>
            {
                if (change.New is { } value && owner.IsImmutable(value))
                {
                    // Deletion and creation anew, which alone could change it, concerns pods that start later: they register
                    // while this one holds it, and see what it was. Upstream has it so too.
                    Stop();
                }

                if (Informer.HasSynced)
                {
                    owner.Tell(this);
                }
            });
            Running = Task.Run(() => RunAsync(owner.Logger, key));
        }

        public HashSet<string> Pods { get; } = new(StringComparer.Ordinal);

        public Informer<T> Informer { get; }

        public Task Running { get; }

        public void Stop() => _stop.Cancel();

        private async Task RunAsync(ILogger logger, ObjectKey key)
        {
            try
            {
                await Informer.RunAsync(_stop.Token);
            }
            catch (Exception exception)
            {
                // Informers outlive every failure of the server: this is a bug, of a handler most likely.
                Log.Broke(logger, T.Info.Resource, key, exception);
            }
        }
    }

    private IApi Api => api;

    private TimeProvider Time => time;

    private ILogger Logger => logger;

    private bool IsImmutable(T value) => isImmutable(value);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Critical, "the watch of {Resource} {Key} ended by an exception that is not the server's")]
        public static partial void Broke(ILogger logger, string resource, ObjectKey key, Exception exception);
    }
}
