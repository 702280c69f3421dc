namespace Petrel.Node.Pods;

/// <summary>Tells who waits for it that an instance of a container has ended. Holds what is waited for.</summary>
internal sealed class ContainerEnds
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private RuntimePod _seen = new();

    /// <summary>Completes when the instance does not run any more, at once if that is so already.</summary>
    public Task OfAsync(string id)
    {
        lock (_lock)
        {
            if (!IsRunning(id))
            {
                return Task.CompletedTask;
            }

            if (!_waiting.TryGetValue(id, out var source))
            {
                _waiting[id] = source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return source.Task;
        }
    }

    public void Observe(RuntimePod seen)
    {
        lock (_lock)
        {
            _seen = seen;
            foreach (var (id, source) in _waiting.Where(each => !IsRunning(each.Key)).ToList())
            {
                source.TrySetResult();
                _waiting.Remove(id);
            }
        }
    }

    private bool IsRunning(string id) => _seen.Containers.Any(each => each.Id == id && each.IsRunning);
}
