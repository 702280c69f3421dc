using Petrel.Api.FlowControl;

namespace Petrel.ApiServer.Fairness;

/// <summary>
/// The seats and queues of a priority level. Requests start at once while there are seats; beyond these they wait in the queues, which are served in
/// the order of a virtual time that passes as if every queue were served at the same rate (KEP-1040, "Fair Queuing for Server Requests").
/// </summary>
internal sealed class PriorityLevel
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly SeatDemand _demand;

    // Only queues with requests: a level may be given ten million of them.
    private readonly Dictionary<int, RequestQueue> _queues = [];
    private readonly HashSet<FlowRequest> _executing = [];
    private QueuingConfiguration? _queuing;
    private int _currentLimit;
    private int _seatsInUse;
    private int _seatsWaiting;
    private int _waiting;
    private double _virtualTime;
    private long _virtualTimeSince;
    private double _lastDispatch;
    private double _lastStart;
    private PriorityLevelCounts _counts;

    public PriorityLevel(string name, TimeProvider time)
    {
        (Name, _time, _demand) = (name, time, new SeatDemand(time));
        _virtualTimeSince = time.GetTimestamp();
    }

    public string Name { get; }

    /// <summary>Told how full it is; null for nobody who is.</summary>
    public PriorityLevelMetrics? Metrics { get; init; }

    /// <summary>Requests may wait here.</summary>
    public bool HasQueues => _queuing is not null;

    /// <summary>Its requests always run.</summary>
    public bool IsExempt { get; private set; }

    /// <summary>Its object is gone; it is left to its last requests.</summary>
    public bool IsQuiescing { get; private set; }

    public SeatLimits Limits { get; private set; }

    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _waiting == 0 && _executing.Count == 0;
            }
        }
    }

    /// <summary>Takes up what its object says. Requests that wait go on waiting, whatever becomes of the queues.</summary>
    public void Configure(PriorityLevelConfigurationSpec spec, SeatLimits limits)
    {
        lock (_lock)
        {
            (IsExempt, IsQuiescing, Limits) = (spec.Type == PriorityLevelConfigurationSpec.ExemptType, false, limits);
            _queuing = spec.Limited?.LimitResponse.Queuing;
            NoteLimits();
        }
    }

    /// <summary>Its object is gone: what is there is served to the end.</summary>
    public void Quiesce() => IsQuiescing = true;

    /// <summary>Sets how many seats the level has until the next division.</summary>
    public void SetCurrentLimit(int seats)
    {
        lock (_lock)
        {
            PassVirtualTime();
            _currentLimit = seats;
            NoteLimits();
            Dispatch();
        }
    }

    public SeatDemandPeriod EndDemandPeriod()
    {
        lock (_lock)
        {
            return _demand.End();
        }
    }

    /// <summary>Starts the request, lets it wait, or refuses it.</summary>
    public FlowAdmission Arrive(FlowRequest request)
    {
        lock (_lock)
        {
            PassVirtualTime();
            if (IsExempt || _queuing is not { } queuing)
            {
                return StartOrRefuse(request);
            }

            var queue = QueueOf(request, queuing);
            if (_waiting == 0 && HasSeatsFor(request))
            {
                request.Queue = Keep(queue);
                Start(request);
                return FlowAdmission.Started;
            }

            if (queue.Waiting.Count >= queuing.QueueLengthLimit)
            {
                _counts = _counts with { Rejected = _counts.Rejected + 1 };
                return FlowAdmission.QueueFull;
            }

            request.Queue = Keep(queue);
            Enqueue(request, queue);
            Dispatch();
            return request.Place is null ? FlowAdmission.Started : FlowAdmission.Queued;
        }
    }

    /// <summary>Takes a request that has waited too long out of its queue; false when its turn has come in this moment.</summary>
    /// <param name="isCancelled">Its client has left.</param>
    public bool Withdraw(FlowRequest request, bool isCancelled)
    {
        lock (_lock)
        {
            if (request.Place is null)
            {
                return false;
            }

            PassVirtualTime();
            Dequeue(request);
            Forget(request.Queue!);
            _counts = isCancelled ? _counts with { Cancelled = _counts.Cancelled + 1 } : _counts with { TimedOut = _counts.TimedOut + 1 };
            NoteLoad();
            Dispatch();
            return true;
        }
    }

    /// <summary>Frees the seats of a request: those of its running at once, those of its aftermath after that.</summary>
    public void End(FlowRequest request)
    {
        lock (_lock)
        {
            PassVirtualTime();
            if (request.Queue is { } queue)
            {
                // The queue was charged for a guess; now the truth is known.
                var seconds = _time.GetElapsedTime(request.Started).TotalSeconds;
                queue.NextDispatch += request.Estimate.InitialSeats * (seconds - WorkEstimate.GuessedSeconds);
            }

            if (request.Estimate.AdditionalLatency > TimeSpan.Zero)
            {
                Free(request, request.Estimate.MaxSeats - request.Estimate.FinalSeats);
                _ = EndAftermathAsync(request);
            }
            else
            {
                Free(request, request.Estimate.MaxSeats);
                Leave(request);
            }

            NoteLoad();
            Dispatch();
        }
    }

    /// <summary>What the level has to tell when somebody looks.</summary>
    public PriorityLevelState Look()
    {
        lock (_lock)
        {
            return new PriorityLevelState(
                _counts,
                _waiting,
                _executing.Count,
                _seatsInUse,
                [.. _queues.Values.OrderBy(static queue => queue.Index).Select(static queue => new QueueState(
                    queue.Index, [.. queue.Waiting], queue.Executing, queue.SeatsInUse, queue.NextDispatch))],
                [.. _executing]);
        }
    }

    /// <summary>Where its virtual time is.</summary>
    public VirtualProgress Progress()
    {
        lock (_lock)
        {
            var waiting = _queues.Values.Where(static queue => queue.Waiting.Count > 0).ToList();
            return new VirtualProgress(
                _virtualTime,
                _lastDispatch,
                _lastStart,
                Bounds(static queue => queue.NextDispatch),
                Bounds(static queue => queue.NextDispatch - (queue.SeatsInUse * WorkEstimate.GuessedSeconds)));

            (double, double)? Bounds(Func<RequestQueue, double> of) => waiting.Count == 0 ? null : (waiting.Min(of), waiting.Max(of));
        }
    }

    private FlowAdmission StartOrRefuse(FlowRequest request)
    {
        if (!IsExempt && !HasSeatsFor(request))
        {
            _counts = _counts with { Rejected = _counts.Rejected + 1 };
            return FlowAdmission.ConcurrencyLimit;
        }

        Start(request);
        return FlowAdmission.Started;
    }

    // A request that is wider than the level runs alone; at a level without seats nothing runs.
    private bool HasSeatsFor(FlowRequest request) =>
        _seatsInUse < _currentLimit && (_seatsInUse + request.Estimate.MaxSeats <= _currentLimit || _seatsInUse == 0);

    // Of the flow's hand, the queue with the least to do.
    private RequestQueue QueueOf(FlowRequest request, QueuingConfiguration queuing)
    {
        Span<int> hand = stackalloc int[Math.Min(queuing.HandSize, ShuffleSharding.HandSizeMax)];
        ShuffleSharding.Deal(ShuffleSharding.Hash(request.Route.SchemaName, request.Distinguisher), queuing.Queues, hand);
        RequestQueue? best = null;
        var least = double.MaxValue;
        foreach (var index in hand)
        {
            if (!_queues.TryGetValue(index, out var queue))
            {
                // Nothing is less than nothing. Its time begins now.
                return new RequestQueue(index, _virtualTime);
            }

            var work = queue.WaitingWork + (queue.SeatsInUse * WorkEstimate.GuessedSeconds);
            if (work < least)
            {
                (best, least) = (queue, work);
            }
        }

        return best!;
    }

    private RequestQueue Keep(RequestQueue queue)
    {
        _queues.TryAdd(queue.Index, queue);
        return queue;
    }

    private void Forget(RequestQueue queue)
    {
        if (!queue.IsActive)
        {
            _queues.Remove(queue.Index);
        }
    }

    private void Enqueue(FlowRequest request, RequestQueue queue)
    {
        request.Turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        request.Place = queue.Waiting.AddLast(request);
        request.Route.Metrics.QueueLengths.Observe(queue.Waiting.Count);
        queue.WaitingWork += request.Estimate.TotalWork;
        _waiting++;
        _seatsWaiting += request.Estimate.MaxSeats;
        NoteLoad();
    }

    private void Dequeue(FlowRequest request)
    {
        var queue = request.Queue!;
        queue.Waiting.Remove(request.Place!);
        queue.WaitingWork = queue.Waiting.Count == 0 ? 0 : queue.WaitingWork - request.Estimate.TotalWork;
        request.Place = null;
        _waiting--;
        _seatsWaiting -= request.Estimate.MaxSeats;
    }

    private void Start(FlowRequest request)
    {
        request.Started = _time.GetTimestamp();
        _seatsInUse += request.Estimate.MaxSeats;
        _executing.Add(request);
        _counts = _counts with { Dispatched = _counts.Dispatched + 1 };
        if (request.Queue is { } queue)
        {
            (_lastDispatch, _lastStart) = (_virtualTime, queue.NextDispatch);
            queue.NextDispatch += request.Estimate.TotalWork;
            queue.Executing++;
            queue.SeatsInUse += request.Estimate.MaxSeats;
        }

        NoteLoad();
    }

    // Lets requests run as long as there are seats for the one whose turn it is.
    private void Dispatch()
    {
        while (_waiting > 0 && _seatsInUse < _currentLimit)
        {
            var next = Next();
            if (!HasSeatsFor(next))
            {
                next.Route.Metrics.Unaccommodated.Increment();
                return;
            }

            Dequeue(next);
            Start(next);
            next.Turn!.SetResult();
        }
    }

    // The request that would end first if all queues were served at once.
    private FlowRequest Next()
    {
        FlowRequest? next = null;
        var soonest = double.MaxValue;
        foreach (var queue in _queues.Values)
        {
            if (queue.Waiting.First?.Value is { } oldest)
            {
                var end = queue.NextDispatch + oldest.Estimate.TotalWork;
                if (end < soonest || (end == soonest && oldest.Arrival < next!.Arrival))
                {
                    (next, soonest) = (oldest, end);
                }
            }
        }

        return next!;
    }

    private void Free(FlowRequest request, int seats)
    {
        _seatsInUse -= seats;
        if (request.Queue is { } queue)
        {
            queue.SeatsInUse -= seats;
        }
    }

    private void Leave(FlowRequest request)
    {
        _executing.Remove(request);
        if (request.Queue is { } queue)
        {
            queue.Executing--;
            Forget(queue);
        }
    }

    private async Task EndAftermathAsync(FlowRequest request)
    {
        await Task.Delay(request.Estimate.AdditionalLatency, _time, CancellationToken.None);
        lock (_lock)
        {
            PassVirtualTime();
            Free(request, request.Estimate.FinalSeats);
            Leave(request);
            NoteLoad();
            Dispatch();
        }
    }

    private void PassVirtualTime()
    {
        var now = _time.GetTimestamp();
        if (_queues.Count > 0)
        {
            var seats = Math.Min(_seatsInUse + _seatsWaiting, _currentLimit);
            _virtualTime += _time.GetElapsedTime(_virtualTimeSince, now).TotalSeconds * seats / _queues.Count;
        }

        _virtualTimeSince = now;
    }

    private void NoteLoad()
    {
        _demand.Set(_seatsInUse + _seatsWaiting);
        Metrics?.Note(_waiting, _executing.Count, _seatsInUse, _seatsInUse + _seatsWaiting);
    }

    private void NoteLimits() => Metrics?.Limit((double)(_queuing?.Queues ?? 0) * (_queuing?.QueueLengthLimit ?? 0), _currentLimit, Limits.Nominal);
}
