namespace Petrel.Scheduler.Cycle;

/// <summary>
/// Runs what the scheduling loop does not wait for, up to a number at the same time. What a piece of work throws is a bug and
/// ends the scheduler.
/// </summary>
internal sealed class BackgroundWork(int parallelMax) : IDisposable
{
    private readonly SemaphoreSlim _free = new(parallelMax);
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Faults with what the first piece of work that failed threw.</summary>
    public Task Failure => _failed.Task;

    /// <summary>Starts the work; waits when there is too much under way.</summary>
    public async Task StartAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        _ = Task.Run(() => RunAsync(work), CancellationToken.None);
    }

    /// <summary>Waits until nothing is under way. Nothing may be started any more.</summary>
    public async Task EndAsync()
    {
        for (var i = 0; i < parallelMax; i++)
        {
            await _free.WaitAsync();
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The scheduler is being stopped; whoever comes next starts from what the API has.
        }
        catch (Exception exception)
        {
            _failed.TrySetException(exception);
        }
        finally
        {
            _free.Release();
        }
    }
}
