using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class CrashBackoffTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Pauses_double_up_to_five_minutes()
    {
        var backoff = new CrashBackoff(_clock);
        Assert.Null(backoff.Waiting("c"));
        foreach (var seconds in new[] { 10, 20, 40, 80, 160, 300, 300 })
        {
            backoff.Failed("c", _clock.Now);
            Assert.Equal(TimeSpan.FromSeconds(seconds), backoff.Waiting("c")?.Pause);
            _clock.Now += TimeSpan.FromSeconds(seconds);
            Assert.Null(backoff.Waiting("c"));
        }
    }

    [Fact]
    public void Ten_quiet_minutes_or_forgetting_start_again()
    {
        var backoff = new CrashBackoff(_clock);
        backoff.Failed("c", _clock.Now);
        backoff.Failed("c", _clock.Now);
        _clock.Now += TimeSpan.FromMinutes(11);
        backoff.Failed("c", _clock.Now);
        Assert.Equal(CrashBackoff.First, backoff.Waiting("c")?.Pause);

        backoff.Forget("c");
        Assert.Null(backoff.Waiting("c"));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2025, 5, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
