namespace Petrel.ApiServer.Fairness;

/// <summary>What becomes of a request that arrives at its priority level.</summary>
internal enum FlowAdmission
{
    /// <summary>It has its seats.</summary>
    Started,

    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>All seats are taken, and the level has no queues.</summary>
    ConcurrencyLimit,

    /// <summary>All seats are taken, and its queue is full.</summary>
    QueueFull,
}
