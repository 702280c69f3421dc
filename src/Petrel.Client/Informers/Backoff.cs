namespace Petrel.Client.Informers;

/// <summary>
/// Growing pauses between tries: 0.8 s to 30 s, doubled each time, with up to as much again added at random so that many
/// clients of one server do not come back together. The numbers are those of upstream's reflector.
/// </summary>
public sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan _next = First;

    /// <summary>The next pause; each is longer than the one before until <see cref="Reset"/>.</summary>
    public TimeSpan Next()
    {
        var pause = _next;
        _next = TimeSpan.FromTicks(Math.Min(_next.Ticks * 2, Longest.Ticks));
        return pause * (1 + Random.Shared.NextDouble());
    }

    public void Reset() => _next = First;

    public Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Next(), time, cancellationToken);
}
