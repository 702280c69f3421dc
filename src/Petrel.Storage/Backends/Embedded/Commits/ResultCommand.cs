namespace Petrel.Storage.Backends.Embedded.Commits;

/// <summary>A command whose caller waits for a result.</summary>
internal abstract class ResultCommand<TResult> : Command
{
    // Callers continue on the thread pool, never on the committer's thread.
    private readonly TaskCompletionSource<TResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Task => _completion.Task;

    /// <summary>Set when the command is applied, told to the caller when it is durable.</summary>
    protected TResult Result { get; set; } = default!;

    public override void Complete() => _completion.TrySetResult(Result);

    public override void Fail(Exception reason) => _completion.TrySetException(reason);
}
