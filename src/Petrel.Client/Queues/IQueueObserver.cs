namespace Petrel.Client.Queues;

/// <summary>Hears what happens in a <see cref="WorkQueue{TKey}"/>. Called under the queue's lock, so it must be quick.</summary>
public interface IQueueObserver
{
    /// <summary>The queue is there.</summary>
    /// <param name="working">Reads how long the keys in work have been in work: all together, and the one that is longest.</param>
    void Begin(Func<(TimeSpan All, TimeSpan Longest)> working);

    /// <summary>A key was added that was not there.</summary>
    /// <param name="count">Keys that wait now.</param>
    void Added(int count);

    /// <summary>A key was taken after it had waited so long.</summary>
    void Taken(int count, TimeSpan waited);

    /// <summary>The work on a key is over.</summary>
    void Done(TimeSpan worked);

    /// <summary>A key is to be worked on again after a failure.</summary>
    void Retried();
}
