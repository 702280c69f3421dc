namespace Petrel.Scheduler.Framework;

/// <summary>Pods whose binding a Permit plugin lets wait. Safe for many threads.</summary>
internal sealed class WaitingPods(TimeProvider time)
{
    /// <summary>No binding waits longer, whatever plugins say.</summary>
    public static readonly TimeSpan TimeoutMax = TimeSpan.FromMinutes(15);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, WaitingPod> _pods = new(StringComparer.Ordinal);

    /// <param name="timeouts">How long each plugin that lets the pod wait does so at most.</param>
    public WaitingPod Add(string uid, IReadOnlyDictionary<string, TimeSpan> timeouts)
    {
        var pod = new WaitingPod(timeouts, time);
        lock (_lock)
        {
            _pods[uid] = pod;
        }

        return pod;
    }

    /// <summary>The pod while its binding waits; null otherwise.</summary>
    public WaitingPod? Find(string uid)
    {
        lock (_lock)
        {
            return _pods.GetValueOrDefault(uid);
        }
    }

    public void Remove(string uid)
    {
        lock (_lock)
        {
            _pods.Remove(uid);
        }
    }
}

/// <summary>One binding that waits for the plugins that made it wait.</summary>
internal sealed class WaitingPod
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ITimer> _pending = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource<Verdict> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal WaitingPod(IReadOnlyDictionary<string, TimeSpan> timeouts, TimeProvider time)
    {
        lock (_lock)
        {
            foreach (var (plugin, timeout) in timeouts)
            {
                var due = timeout < WaitingPods.TimeoutMax ? timeout : WaitingPods.TimeoutMax;
                _pending.Add(plugin, time.CreateTimer(_ => Reject(plugin, $"rejected due to timeout after waiting {due.TotalSeconds:0.###}s at plugin {plugin}"), null, due, Timeout.InfiniteTimeSpan));
            }
        }
    }

    /// <summary>The plugin has nothing more against the binding; the last one to say so lets it go on.</summary>
    public void Allow(string plugin)
    {
        lock (_lock)
        {
            if (_pending.Remove(plugin, out var timer))
            {
                timer.Dispose();
            }

            if (_pending.Count == 0)
            {
                _outcome.TrySetResult(Verdict.Success);
            }
        }
    }

    public void Reject(string plugin, string message)
    {
        if (_outcome.TrySetResult(Verdict.Unschedulable(plugin, message)))
        {
            StopTimers();
        }
    }

    public async Task<Verdict> OutcomeAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _outcome.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            StopTimers();
        }
    }

    private void StopTimers()
    {
        lock (_lock)
        {
            foreach (var timer in _pending.Values)
            {
                timer.Dispose();
            }

            _pending.Clear();
        }
    }
}
