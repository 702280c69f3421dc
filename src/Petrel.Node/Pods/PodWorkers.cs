using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Client.Informers;

namespace Petrel.Node.Pods;

/// <summary>The workers of all pods of the node, by UID, and who tells them what.</summary>
internal sealed partial class PodWorkers(PodServices services, Func<Pod, IReadOnlyList<Pod>, (string Reason, string Message)?> admit, ILogger<PodWorkers> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (PodWorker Worker, Task Running)> _workers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken _stop;

    /// <summary>From now on workers run, until cancelled.</summary>
    public async Task RunAsync(Informer<Pod> pods, Func<Action<string>, CancellationToken, Task> watchRuntime, CancellationToken cancellationToken)
    {
        _stop = cancellationToken;
        services.Objects.Changed += ObjectsChanged;
        services.Probes.Changed += ProbesChanged;
        try
        {
            pods.Subscribe(Changed);
            await pods.WaitForSyncAsync(cancellationToken);
            _taken.TrySetResult();
            // Only now what the API does not have is known not to be there. The first look at the runtime tells of all it has.
            foreach (var uid in OnDisk())
            {
                Wake(uid);
            }

            await await Task.WhenAny(watchRuntime(Wake, cancellationToken), _failed.Task);
        }
        finally
        {
            services.Objects.Changed -= ObjectsChanged;
            services.Probes.Changed -= ProbesChanged;
            await EndAsync();
        }
    }

    /// <summary>Completes when every pod that the API bound to the node before it started was looked for in the runtime.</summary>
    public async Task WaitForFirstLooksAsync(CancellationToken cancellationToken)
    {
        await _taken.Task.WaitAsync(cancellationToken);
        await Task.WhenAll(All().Select(static worker => worker.FirstLook)).WaitAsync(cancellationToken);
    }

    /// <summary>The worker of a pod; null when there is none.</summary>
    public PodWorker? Find(string uid)
    {
        lock (_lock)
        {
            return _workers.TryGetValue(uid, out var found) ? found.Worker : null;
        }
    }

    public IReadOnlyList<PodWorker> All()
    {
        lock (_lock)
        {
            return [.. _workers.Values.Select(static each => each.Worker)];
        }
    }

    /// <summary>Something happened to a pod in the runtime or on disk. One that nobody looks after is looked after: it is an orphan.</summary>
    public void Wake(string uid)
    {
        lock (_lock)
        {
            if (_workers.TryGetValue(uid, out var found))
            {
                found.Worker.Wake();
            }
            else if (!_stop.IsCancellationRequested)
            {
                Log.Orphan(logger, uid);
                Add(uid, null, null);
            }
        }
    }

    private void ObjectsChanged(string uid) => Find(uid)?.ObjectsChanged();

    private void ProbesChanged(string uid) => Find(uid)?.Wake();

    private void Changed(Change<Pod> change)
    {
        lock (_lock)
        {
            if (change.Old is { } old && old.Metadata.Uid != change.New?.Metadata.Uid && _workers.TryGetValue(old.Metadata.Uid, out var gone))
            {
                if (change.IsDeleted)
                {
                    gone.Worker.Update(old);
                }

                gone.Worker.Gone();
            }

            if (change.New is not { } pod)
            {
                return;
            }

            if (_workers.TryGetValue(pod.Metadata.Uid, out var found))
            {
                found.Worker.Update(pod);
            }
            else
            {
                Add(pod.Metadata.Uid, pod, RefusalOf(pod));
            }
        }
    }

    /// <summary>A pod that has a start time was taken by an agent before this one.</summary>
    private PodEnding? RefusalOf(Pod pod)
    {
        if (pod.Status.StartTime is not null || pod.Metadata.DeletionTimestamp is not null || IsOver(pod))
        {
            return null;
        }

        var others = _workers.Values.Where(static each => !each.Worker.IsRefused).Select(static each => each.Worker.Pod).OfType<Pod>().Where(static each => !IsOver(each)).ToList();
        if (admit(pod, others) is not var (reason, message))
        {
            return null;
        }

        services.Events.Warning(pod, reason, message);
        return new PodEnding(reason, "Pod was rejected: " + message, TimeSpan.Zero, Fails: true, IsRefusal: true);
    }

    private static bool IsOver(Pod pod) => pod.Status.Phase is "Succeeded" or "Failed";

    private void Add(string uid, Pod? pod, PodEnding? refusal)
    {
        var worker = new PodWorker(uid, pod, services, refusal);
        _workers.Add(uid, (worker, Task.Run(() => RunAsync(uid, worker), CancellationToken.None)));
    }

    private async Task RunAsync(string uid, PodWorker worker)
    {
        try
        {
            await worker.RunAsync(_stop);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The agent ends; the pod goes on.
        }
        catch (Exception e)
        {
            _failed.TrySetException(e);
        }

        lock (_lock)
        {
            _workers.Remove(uid);
            worker.Dispose();
        }
    }

    /// <summary>Pods of which something is left on the node besides the runtime.</summary>
    private IEnumerable<string> OnDisk() => services.Volumes.PodsOnDisk().Union(services.Cgroups.Pods()).ToList();

    private async Task EndAsync()
    {
        Task[] running;
        lock (_lock)
        {
            running = [.. _workers.Values.Select(static each => each.Running)];
        }

        await Task.WhenAll(running);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "pod {Uid} is on this node and not in the API: it is removed")]
        public static partial void Orphan(ILogger logger, string uid);
    }
}
