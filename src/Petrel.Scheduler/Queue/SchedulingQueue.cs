using Petrel.Api.Core;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Queue;

/// <summary>
/// All pods without a node: those to be tried, in the order of the sort plugin; those that failed a moment ago; and those that
/// fit nowhere until something changes. Safe for many threads. As long as there are such pods, which is its limit.
/// </summary>
internal sealed class SchedulingQueue : IDisposable
{
    private readonly Profile _profile;
    private readonly SchedulerOptions _options;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, QueuedPod> _pods = new(StringComparer.Ordinal);
    private readonly SortedSet<QueuedPod> _active;
    private readonly SortedSet<QueuedPod> _backoff = new(Comparer<QueuedPod>.Create(CompareBackoff));
    private readonly SortedSet<QueuedPod> _errorBackoff = new(Comparer<QueuedPod>.Create(CompareBackoff));
    private readonly UnschedulablePods _unschedulable = new();
    private readonly EventLog _events = new();
    private readonly ITimer _timer;
    private TaskCompletionSource? _waiting;
    private long _lastNumber;
    private bool _disposed;

    public SchedulingQueue(Profile profile, SchedulerOptions options, TimeProvider time)
    {
        (_profile, _options, _time) = (profile, options, time);
        _active = new SortedSet<QueuedPod>(Comparer<QueuedPod>.Create(CompareActive));
        _timer = time.CreateTimer(static state => ((SchedulingQueue)state!).MoveDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many pods are in a place.</summary>
    public int Count(QueuePlace place)
    {
        lock (_lock)
        {
            return _pods.Values.Count(pod => pod.Place == place);
        }
    }

    /// <summary>The API tells of a pod without a node, new or changed.</summary>
    public void Set(Pod pod)
    {
        lock (_lock)
        {
            if (_pods.TryGetValue(pod.Metadata.Uid, out var present))
            {
                Change(present, pod);
            }
            else
            {
                var added = new QueuedPod(new PodInfo(pod), ++_lastNumber) { QueuedAt = _time.GetTimestamp() };
                _pods.Add(added.Pod.Uid, added);
                Activate(added);
            }
        }
    }

    /// <summary>The pod is gone, or has its node.</summary>
    public void Remove(string uid)
    {
        lock (_lock)
        {
            if (_pods.Remove(uid, out var present))
            {
                Leave(present);
            }
        }
    }

    /// <summary>
    /// Takes the pod to try next. It stays known to the queue until <see cref="Remove"/>; how the attempt ended is told with
    /// <see cref="Bound"/>, <see cref="Reject"/> or <see cref="Fail"/>.
    /// </summary>
    public async Task<QueuedPod> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task waiting;
            lock (_lock)
            {
                if (TryTake() is { } taken)
                {
                    return taken;
                }

                _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting = _waiting.Task;
            }

            await waiting.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The pod got a node, and its binding begins.</summary>
    public void Bound(QueuedPod pod)
    {
        lock (_lock)
        {
            if (IsKnown(pod))
            {
                Leave(pod);
                pod.Place = QueuePlace.Binding;
            }
        }
    }

    /// <summary>The pod fits nowhere: it waits until something happens that could help, or has happened during the attempt.</summary>
    /// <param name="plugins">Who rejected it; none when there were no nodes.</param>
    public void Reject(QueuedPod pod, IReadOnlySet<string> plugins)
    {
        lock (_lock)
        {
            if (!IsKnown(pod))
            {
                return;
            }

            // Without a record of what happened since the attempt began, anything may have.
            var changes = pod.Place == QueuePlace.Scheduling ? _events.Since(pod.EventsFrom)?.Concat(pod.OwnChanges).ToList() : null;
            PrepareReturn(pod, plugins);
            if (changes is null || changes.Exists(change => CouldHelp(pod, change)))
            {
                Backoff(pod);
            }
            else
            {
                pod.Place = QueuePlace.Unschedulable;
                _unschedulable.Add(pod);
            }

            SetTimer();
        }
    }

    /// <summary>The attempt failed for a reason that has nothing to do with where the pod fits; it is tried again after its backoff.</summary>
    public void Fail(QueuedPod pod)
    {
        lock (_lock)
        {
            if (!IsKnown(pod))
            {
                return;
            }

            PrepareReturn(pod, new HashSet<string>());
            pod.Place = QueuePlace.ErrorBackoff;
            _errorBackoff.Add(pod);
            SetTimer();
        }
    }

    /// <summary>Something changed: pods that it could help are tried again.</summary>
    public void Tell(ClusterEvent change)
    {
        lock (_lock)
        {
            _events.Add(change);
            var helped = _unschedulable.InterestedIn(change.Kinds).Where(pod => CouldHelp(pod, change)).ToList();
            foreach (var pod in helped)
            {
                Wake(pod);
            }

            if (helped.Count > 0)
            {
                SetTimer();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
        }

        _timer.Dispose();
    }

    private QueuedPod? TryTake()
    {
        // With nothing else to do, a pod is tried before its backoff is over: backoff is for fairness, not for waiting (KEP-5142).
        var next = _active.Min ?? _backoff.Min;
        if (next is null)
        {
            return null;
        }

        Leave(next);
        next.Place = QueuePlace.Scheduling;
        next.Attempts++;
        next.EventsFrom = _events.Begin();
        return next;
    }

    private void Change(QueuedPod present, Pod pod)
    {
        var old = present.Pod;
        var changed = new PodInfo(pod);
        var change = IsRelevant(old.Pod, pod) ? new ClusterEvent(ClusterEventKinds.PodChanged) { OldPod = old, NewPod = changed } : null;
        switch (present.Place)
        {
            case QueuePlace.Scheduling or QueuePlace.Binding:
                present.Pod = changed;
                if (change is not null && present.Place == QueuePlace.Scheduling)
                {
                    present.OwnChanges.Add(change);
                }

                break;
            case QueuePlace.Unschedulable:
                present.Pod = changed;
                if (change is not null && CouldHelp(present, change))
                {
                    Wake(present);
                    SetTimer();
                }

                break;
            case QueuePlace.Gated:
                present.Pod = changed;
                Activate(present);
                break;
            default:
                // The place depends on what may have changed: out and in again.
                var place = present.Place;
                Leave(present);
                present.Pod = changed;
                present.Place = place;
                Enter(present);
                break;
        }
    }

    /// <summary>To be tried, unless a plugin holds it.</summary>
    private void Activate(QueuedPod pod)
    {
        foreach (var plugin in _profile.PreEnqueue)
        {
            if (!plugin.PreEnqueue(pod.Pod).IsSuccess)
            {
                pod.Place = QueuePlace.Gated;
                pod.RejectedBy = new HashSet<string> { plugin.Name };
                return;
            }
        }

        pod.Place = QueuePlace.Active;
        Enter(pod);
    }

    private void Wake(QueuedPod pod)
    {
        _unschedulable.Remove(pod);
        Backoff(pod);
    }

    /// <summary>To be tried as soon as its backoff is over.</summary>
    private void Backoff(QueuedPod pod)
    {
        if (pod.BackoffUntil <= _time.GetTimestamp())
        {
            Activate(pod);
            return;
        }

        pod.Place = QueuePlace.Backoff;
        Enter(pod);
    }

    private void PrepareReturn(QueuedPod pod, IReadOnlySet<string> plugins)
    {
        Leave(pod);
        pod.OwnChanges.Clear();
        pod.RejectedBy = plugins;
        pod.Interests = InterestsOf(plugins);
        pod.QueuedAt = _time.GetTimestamp();
        pod.BackoffUntil = pod.QueuedAt + Ticks(BackoffOf(pod.Attempts));
    }

    private TimeSpan BackoffOf(int attempts)
    {
        var backoff = _options.PodInitialBackoff;
        for (var i = 1; i < attempts && backoff < _options.PodMaxBackoff; i++)
        {
            backoff *= 2;
        }

        return backoff < _options.PodMaxBackoff ? backoff : _options.PodMaxBackoff;
    }

    private void Enter(QueuedPod pod)
    {
        var places = pod.Place switch
        {
            QueuePlace.Active => _active,
            QueuePlace.Backoff => _backoff,
            _ => _errorBackoff,
        };
        places.Add(pod);
        if (pod.Place != QueuePlace.ErrorBackoff)
        {
            _waiting?.TrySetResult();
            _waiting = null;
        }
    }

    private void Leave(QueuedPod pod)
    {
        switch (pod.Place)
        {
            case QueuePlace.Active:
                _active.Remove(pod);
                break;
            case QueuePlace.Backoff:
                _backoff.Remove(pod);
                break;
            case QueuePlace.ErrorBackoff:
                _errorBackoff.Remove(pod);
                break;
            case QueuePlace.Unschedulable:
                _unschedulable.Remove(pod);
                break;
            case QueuePlace.Scheduling:
                _events.End();
                break;
        }
    }

    private bool IsKnown(QueuedPod pod) => _pods.TryGetValue(pod.Pod.Uid, out var known) && ReferenceEquals(known, pod);

    private ClusterEventKinds InterestsOf(IReadOnlySet<string> plugins)
    {
        // Without nodes no plugin was asked: a node has to come.
        var interests = plugins.Count == 0 ? ClusterEventKinds.NodeAdded : ClusterEventKinds.None;
        foreach (var name in plugins)
        {
            // A plugin that does not say what helps is told of everything.
            interests |= _profile.Requeue.TryGetValue(name, out var plugin) ? plugin.Interests : (ClusterEventKinds)(-1);
        }

        return interests;
    }

    private bool CouldHelp(QueuedPod pod, ClusterEvent change) =>
        (pod.Interests & change.Kinds) != 0
        && (pod.RejectedBy.Count == 0 || pod.RejectedBy.Any(name =>
            !_profile.Requeue.TryGetValue(name, out var plugin) || ((plugin.Interests & change.Kinds) != 0 && plugin.CouldHelp(pod.Pod, change))));

    /// <summary>Moves the pods whose time has come.</summary>
    private void MoveDue()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            var now = _time.GetTimestamp();
            foreach (var pods in new[] { _backoff, _errorBackoff })
            {
                while (pods.Min is { } first && first.BackoffUntil <= now)
                {
                    pods.Remove(first);
                    Activate(first);
                }
            }

            var longest = Ticks(_options.PodMaxInUnschedulable);
            while (_unschedulable.Oldest is { } oldest && oldest.QueuedAt + longest <= now)
            {
                Wake(oldest);
            }

            SetTimer();
        }
    }

    private void SetTimer()
    {
        if (_disposed)
        {
            return;
        }

        var due = Math.Min(_backoff.Min?.BackoffUntil ?? long.MaxValue, _errorBackoff.Min?.BackoffUntil ?? long.MaxValue);
        if (_unschedulable.Oldest is { } oldest)
        {
            due = Math.Min(due, oldest.QueuedAt + Ticks(_options.PodMaxInUnschedulable));
        }

        if (due != long.MaxValue)
        {
            // Rounded up to the timer's millisecond, or it would fire before anything is due.
            var wait = Math.Max(0, Math.Ceiling(_time.GetElapsedTime(_time.GetTimestamp(), due).TotalMilliseconds));
            _timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private int CompareActive(QueuedPod left, QueuedPod right)
    {
        var order = _profile.QueueSort.Compare(left, right);
        return order != 0 ? order : left.Number.CompareTo(right.Number);
    }

    private static int CompareBackoff(QueuedPod left, QueuedPod right)
    {
        var order = left.BackoffUntil.CompareTo(right.BackoffUntil);
        return order != 0 ? order : left.Number.CompareTo(right.Number);
    }

    // The scheduler's own writes to the status must not wake the pod.
    private static bool IsRelevant(Pod old, Pod current) =>
        old.Spec != current.Spec || old.Metadata.Labels != current.Metadata.Labels || old.Metadata.DeletionTimestamp != current.Metadata.DeletionTimestamp;
}
