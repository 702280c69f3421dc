namespace Petrel.Node.Pods;

/// <summary>
/// How long something that keeps failing waits: 10 s, doubled each time up to 5 minutes, from the start again after 10 minutes
/// without a failure. For restarts of containers and pulls of images. Holds an entry per key that failed until it is forgotten.
/// </summary>
/// <param name="first">Another first pause.</param>
/// <param name="longest">Another longest pause; twice that long without a failure starts again.</param>
public sealed class CrashBackoff(TimeProvider time, TimeSpan? first = null, TimeSpan? longest = null)
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly TimeSpan _first = first ?? First;
    private readonly TimeSpan _longest = longest ?? Longest;

    private readonly Dictionary<string, (TimeSpan Pause, DateTimeOffset Failed)> _entries = [];

    /// <summary>The pause that is not over yet, with what is left of it; null when the next attempt may begin.</summary>
    public (TimeSpan Pause, TimeSpan Left)? Waiting(string key)
    {
        if (!_entries.TryGetValue(key, out var entry))
        {
            return null;
        }

        return Left(entry.Pause, entry.Failed);
    }

    /// <summary>
    /// The same when the pause counts from another time than the failure: that of a container from its latest end, which comes
    /// after the restart that was counted.
    /// </summary>
    public (TimeSpan Pause, TimeSpan Left)? Waiting(string key, DateTimeOffset since) =>
        _entries.TryGetValue(key, out var entry) && since - entry.Failed <= 2 * _longest ? Left(entry.Pause, since) : null;

    /// <summary>Counts a failure that happened at this time.</summary>
    public void Failed(string key, DateTimeOffset at)
    {
        var pause = _entries.TryGetValue(key, out var entry) && at - entry.Failed <= 2 * _longest
            ? TimeSpan.FromTicks(Math.Min(entry.Pause.Ticks * 2, _longest.Ticks))
            : _first;
        _entries[key] = (pause, at);
    }

    public void Forget(string key) => _entries.Remove(key);

    private (TimeSpan Pause, TimeSpan Left)? Left(TimeSpan pause, DateTimeOffset since)
    {
        var left = since + pause - time.GetUtcNow();
        return left > TimeSpan.Zero ? (pause, left) : null;
    }
}
