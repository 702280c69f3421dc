using Petrel.Node.Containers;

namespace Petrel.Node.Pods;

/// <summary>Something that is being done with a container while its pod goes on being looked after.</summary>
internal sealed class Operation : IDisposable
{
    private readonly CancellationTokenSource _stop;

    private Operation(CancellationTokenSource stop, Task<WaitingReason?> task)
    {
        _stop = stop;
        Task = task;
    }

    /// <summary>Its outcome: null, or why the container does not run.</summary>
    public Task<WaitingReason?> Task { get; }

    public bool IsOver => Task.IsCompleted;

    /// <param name="ended">Called when it is over, however.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static Operation Start(Func<CancellationToken, Task<WaitingReason?>> work, Action ended, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var task = System.Threading.Tasks.Task.Run(() => work(stop.Token), CancellationToken.None);
        _ = task.ContinueWith(_ => ended(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return new Operation(stop, task);
    }

    public void Cancel() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();
}
