namespace Petrel.Node.Pods;

/// <summary>
/// How long something that keeps failing waits: 10 s, doubled each time up to 5 minutes, from the start again after 10 minutes
/// without a failure. For restarts of containers and pulls of images. Holds an entry per key that failed until it is forgotten.
/// </summary>
public sealed class CrashBackoff(TimeProvider time)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, (TimeSpan Pause, DateTimeOffset Failed)> _entries = [];

    /// <summary>The pause that is not over yet, with what is left of it; null when the next attempt may begin.</summary>
    public (TimeSpan Pause, TimeSpan Left)? Waiting(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        var left = entry.Failed + entry.Pause - time.GetUtcNow();
        return left > TimeSpan.Zero ? (entry.Pause, left) : null;
    }

    /// <summary>Counts a failure that happened at this time.</summary>
    public void Failed(string key, DateTimeOffset at)
    {
        var pause = _entries.TryGetValue(key, out var entry) && at - entry.Failed <= 2 * Longest
            ? TimeSpan.FromTicks(Math.Min(entry.Pause.Ticks * 2, Longest.Ticks))
            : First;
        _entries[key] = (pause, at);
    }

    public void Forget(string key) => _entries.Remove(key);
}
