using Petrel.Client.Api;
using Petrel.Client.Queues;

namespace Petrel.Controllers.Hosting;

/// <summary>
/// A controller that handles one object at a time: it is told that something about a key may have changed, never what. It
/// reads the state, does what is missing, and returns; an exception means "try again later".
/// </summary>
public interface IReconciler
{
    string Name { get; }

    /// <summary>Subscribes to informers such that every relevant change puts the key concerned into the queue.</summary>
    void Setup(WorkQueue<ObjectKey> queue);

    Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken);
}
