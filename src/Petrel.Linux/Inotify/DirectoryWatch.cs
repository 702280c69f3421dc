namespace Petrel.Linux.Inotify;

/// <summary>Tells when something in one directory changed; not what: whoever waits looks for himself.</summary>
public sealed class DirectoryWatch : IDisposable
{
    private readonly DirectoryWatcher _watcher;
    private TaskCompletionSource _change = NewChange();

    internal DirectoryWatch(DirectoryWatcher watcher) => _watcher = watcher;

    /// <summary>
    /// Completes at the next change of, or write to, a file of the directory. To miss none, take it, then look at the
    /// files, then wait.
    /// </summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    internal int Descriptor { get; set; }

    public void Dispose() => _watcher.Remove(this);

    internal void OnChange() => Interlocked.Exchange(ref _change, NewChange()).TrySetResult();

    // Waiters must not run on the one thread that reads the events of all.
    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
