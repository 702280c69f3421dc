namespace Petrel.Client.Queues;

/// <summary>
/// How long a key that failed waits before its next try: 5 ms, doubled with each failure, at most 1000 s, as upstream's
/// controllers. Not safe for many threads: its queue guards it. Holds one number per key that failed since it succeeded.
/// </summary>
internal sealed class RetryDelays<TKey> where TKey : notnull
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1000);

    private readonly Dictionary<TKey, int> _failures = [];

    public int Failures(TKey key) => _failures.GetValueOrDefault(key);

    public TimeSpan Next(TKey key)
    {
        var failures = _failures.GetValueOrDefault(key);
        _failures[key] = failures + 1;
        // 2^18 times the first pause is already beyond the longest.
        return failures > 18 ? Longest : TimeSpan.FromTicks(Math.Min(First.Ticks << failures, Longest.Ticks));
    }

    public void Forget(TKey key) => _failures.Remove(key);
}
