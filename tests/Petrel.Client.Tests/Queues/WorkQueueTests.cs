using System.Collections.Concurrent;
using Petrel.Client.Queues;
using Xunit;

namespace Petrel.Client.Tests.Queues;

public sealed class WorkQueueTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(_time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_key_waits_once_however_often_it_is_added()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");
        Assert.Equal(2, _queue.Count);
        Assert.Equal("a", await TakeAsync());
        Assert.Equal("b", await TakeAsync());
    }

    [Fact]
    public async Task Who_observes_it_hears_how_long_keys_wait_and_are_worked_on()
    {
        var heard = new Heard();
        using var queue = new WorkQueue<string>(_time, heard);
        queue.Add("a");
        queue.Add("a");
        queue.Add("b");
        _time.Advance(TimeSpan.FromSeconds(2));
        await queue.TakeAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(3));
        await queue.TakeAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(4)), heard.Working());
        queue.AddRateLimited("a");
        queue.Done("a");
        queue.Done("b");
        Assert.Equal(["added 1", "added 2", "taken 1 after 2", "taken 0 after 5", "retried", "done in 4", "done in 1"], heard.Lines);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), heard.Working());
    }

    [Fact]
    public async Task A_key_in_work_comes_again_only_after_it_is_done()
    {
        _queue.Add("a");
        await TakeAsync();
        _queue.Add("a");
        _queue.Add("a");
        Assert.Equal(0, _queue.Count);
        _queue.Done("a");
        Assert.Equal(1, _queue.Count);
        await TakeAsync();
        _queue.Done("a");
        Assert.Equal(0, _queue.Count);
    }

    [Fact]
    public void A_delayed_key_comes_at_the_earliest_of_its_times()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.AddAfter("a", TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public void A_key_may_be_due_later_than_a_timer_can_run()
    {
        // The system's timers refuse 50 days, where a manual one takes anything.
        using var queue = new WorkQueue<string>(TimeProvider.System);
        queue.AddAfter("a", TimeSpan.FromDays(50));
        queue.AddAfter("b", TimeSpan.MaxValue);
        Assert.Equal(0, queue.Count);

        _queue.AddAfter("a", TimeSpan.FromDays(50));
        _time.Advance(TimeSpan.FromDays(49.99));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromDays(0.01));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task The_other_times_of_a_delayed_key_do_not_bring_it_back()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(5));
        _queue.Done(await TakeAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _queue.Count);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(10, 5120)]
    [InlineData(17, 655_360)]
    [InlineData(18, 1_000_000)]
    [InlineData(100, 1_000_000)]
    public void A_failing_key_waits_twice_as_long_each_time_up_to_1000_s(int failures, int milliseconds)
    {
        var delays = new RetryDelays<string>();
        for (var i = 0; i < failures; i++)
        {
            delays.Next("a");
        }

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), delays.Next("a"));
        Assert.Equal(TimeSpan.FromMilliseconds(5), delays.Next("another"));
    }

    [Fact]
    public async Task Forgetting_a_key_starts_its_waits_over()
    {
        _queue.AddRateLimited("a");
        _time.Advance(TimeSpan.FromMilliseconds(5));
        _queue.Done(await TakeAsync());
        _queue.AddRateLimited("a");
        Assert.Equal(2, _queue.Failures("a"));
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(0, _queue.Count);
        _time.Advance(TimeSpan.FromMilliseconds(5));
        _queue.Done(await TakeAsync());
        _queue.Forget("a");
        _queue.AddRateLimited("a");
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(1, _queue.Count);
    }

    [Fact]
    public async Task Workers_run_side_by_side_up_to_their_number_and_never_on_one_key()
    {
        using var stop = new CancellationTokenSource();
        using var gate = new SemaphoreSlim(0);
        var (inside, most, done) = (new ConcurrentDictionary<string, int>(), 0, 0);
        for (var i = 0; i < 20; i++)
        {
            _queue.Add("key" + (i % 5));
        }

        var running = _queue.RunAsync(
            3,
            async (key, cancellationToken) =>
            {
                Assert.True(inside.TryAdd(key, 0));
                InterlockedMax(ref most, inside.Count);
                await gate.WaitAsync(cancellationToken);
                Assert.True(inside.TryRemove(key, out _));
                Interlocked.Increment(ref done);
            },
            stop.Token);
        await Eventually.TrueAsync(() => inside.Count == 3);
        gate.Release(5);
        await Eventually.TrueAsync(() => done == 5);
        await stop.CancelAsync();
        await running;
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task An_exception_of_the_work_ends_the_run()
    {
        _queue.Add("a");
        var running = _queue.RunAsync(2, static (_, _) => throw new InvalidOperationException("bug"), CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(() => running.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private Task<string> TakeAsync() => _queue.TakeAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = target) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private sealed class Heard : IQueueObserver
    {
        public List<string> Lines { get; } = [];

        public Func<(TimeSpan All, TimeSpan Longest)> Working { get; private set; } = static () => default;

        public void Begin(Func<(TimeSpan All, TimeSpan Longest)> working) => Working = working;

        public void Added(int count) => Lines.Add($"added {count}");

        public void Taken(int count, TimeSpan waited) => Lines.Add($"taken {count} after {waited.TotalSeconds}");

        public void Done(TimeSpan worked) => Lines.Add($"done in {worked.TotalSeconds}");

        public void Retried() => Lines.Add("retried");
    }
}
