using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Tests;

public sealed class WatchTests : IAsyncLifetime
{
    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory(new EmbeddedStoreOptions { WatchBacklogLimit = 100 });

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task A_watch_without_a_revision_delivers_what_happens_after_it()
    {
        await _store.PutAsync("a", "1");
        using var watch = _store.Watch(new WatchRequest(KeyRange.All));
        await _store.PutAsync("b", "2");
        await _store.DeleteAsync("a");
        Assert.Equal("b=2@3 a-@4", await watch.ReadEventsAsync(2));
    }

    [Fact]
    public async Task A_watch_from_a_revision_delivers_history_then_live_events()
    {
        await _store.PutAsync("a", "1");
        await _store.PutAsync("b", "2");
        await _store.PutAsync("a", "3");
        using var watch = _store.Watch(new WatchRequest(KeyRange.Single("a"), FromRevision: 2));
        Assert.Equal("a=1@2 a=3@4", await watch.ReadEventsAsync(2));
        await _store.PutAsync("b", "4");
        await _store.PutAsync("a", "5");
        Assert.Equal("a=5@6", await watch.ReadEventsAsync(1));
    }

    [Fact]
    public async Task A_watch_from_a_future_revision_delivers_nothing_before_it()
    {
        using var watch = _store.Watch(new WatchRequest(KeyRange.All, FromRevision: 4));
        await _store.PutAsync("a", "1");
        await _store.PutAsync("a", "2");
        await _store.PutAsync("a", "3");
        Assert.Equal("a=3@4", await watch.ReadEventsAsync(1));
    }

    [Fact]
    public async Task Events_carry_the_key_before_the_change()
    {
        using var watch = _store.Watch(new WatchRequest(KeyRange.All));
        await _store.PutAsync("a", "1");
        await _store.PutAsync("a", "2");
        await _store.DeleteAsync("a");
        var events = new List<StoreEvent>();
        while (events.Count < 3)
        {
            events.AddRange((await watch.ReadBatchAsync()).Events.ToArray());
        }

        Assert.Null(events[0].Previous);
        Assert.Equal("1", events[1].Previous!.Text());
        Assert.Equal("2", events[2].Previous!.Text());
        Assert.True(events[2].IsDelete);
        Assert.Equal(0, events[2].Current.Value.Length);
    }

    [Theory]
    [InlineData("/pods/", null)]
    [InlineData("/pods/a/", null)]
    [InlineData("", null)]
    [InlineData("/pods/a", "/pods/b")]
    public async Task A_watch_delivers_its_range_only(string start, string? end)
    {
        var range = end is null ? KeyRange.Prefix(start) : KeyRange.Between(start, end);
        using var live = _store.Watch(new WatchRequest(range));
        var keys = new[] { "/pods/a/1", "/pods/b/1", "/nodes/1", "/pods/a/2", "/podtemplates/a/1", "/pods/a" };
        foreach (var key in keys)
        {
            await _store.PutAsync(key, "1");
        }

        using var history = _store.Watch(new WatchRequest(range, FromRevision: 1));
        var expected = keys.Where(range.Contains).ToArray();
        Assert.Equal(expected, (await live.ReadEventsAsync(expected.Length)).Split(' ').Select(text => text[..text.IndexOf('=', StringComparison.Ordinal)]));
        Assert.Equal(expected, (await history.ReadEventsAsync(expected.Length)).Split(' ').Select(text => text[..text.IndexOf('=', StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task Progress_comes_after_everything_up_to_the_revision_of_the_request()
    {
        using var watch = _store.Watch(new WatchRequest(KeyRange.Prefix("/a/")));
        await _store.PutAsync("/a/1", "1");
        await _store.PutAsync("/b/1", "2");
        watch.RequestProgress();
        Assert.Equal("/a/1=1@2", await watch.ReadEventsAsync(1));
        var progress = await watch.ReadBatchAsync();
        Assert.Equal((WatchBatchKind.Progress, 3L), (progress.Kind, progress.Revision));
    }

    [Fact]
    public async Task Progress_of_an_idle_watch_follows_the_store()
    {
        using var watch = _store.Watch(new WatchRequest(KeyRange.Prefix("/a/")));
        for (var i = 0; i < 100; i++)
        {
            var revision = await _store.PutAsync("/b/1", $"{i}");
            watch.RequestProgress();
            Assert.Equal(new WatchBatch(WatchBatchKind.Progress, revision, default), await watch.ReadBatchAsync());
        }
    }

    [Fact]
    public async Task A_watch_that_falls_behind_is_ended_and_its_successor_misses_nothing()
    {
        using var slow = _store.Watch(new WatchRequest(KeyRange.All));
        await _store.PutAsync("a", "0");
        var first = await slow.ReadBatchAsync();
        using var witness = _store.Watch(new WatchRequest(KeyRange.All));
        for (var i = 1; i <= 101; i++)
        {
            await _store.PutAsync("a", $"{i}");
            await witness.ReadEventsAsync(1);
        }

        var end = await slow.ReadBatchAsync();
        Assert.Equal((WatchBatchKind.Overflowed, first.Revision), (end.Kind, end.Revision));
        using var successor = _store.Watch(new WatchRequest(KeyRange.All, end.Revision + 1));
        var events = await successor.ReadEventsAsync(101);
        Assert.Equal(string.Join(' ', Enumerable.Range(1, 101).Select(i => $"a={i}@{i + 2}")), events);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(255)]
    public async Task The_events_of_one_revision_come_in_one_batch_however_many_they_are(int before)
    {
        await using var store = EmbeddedStore.OpenInMemory();
        var lease = await store.Leases.GrantAsync(TimeSpan.FromMinutes(1));
        using var live = store.Watch(new WatchRequest(KeyRange.Prefix("/k/")));
        for (var i = 0; i < 1_000; i++)
        {
            await store.PutAsync($"/k/{i}", "1", lease.Id);
        }

        for (var i = 0; i < before; i++)
        {
            await store.PutAsync("/other", "1");
        }

        await live.ReadEventsAsync(1_000);
        await store.Leases.RevokeAsync(lease.Id);
        var revision = await store.PutAsync("/k/last", "1") - 1;
        using var history = store.Watch(new WatchRequest(KeyRange.Prefix("/k/"), revision));
        foreach (var watch in (IWatch[])[live, history])
        {
            var batch = await watch.ReadBatchAsync();
            Assert.Equal(1_000, batch.Events.ToArray().Count(change => change.Revision == revision));
        }

        using var earlier = store.Watch(new WatchRequest(KeyRange.Prefix("/k/"), revision - 1));
        Assert.Equal(1_001, (await earlier.ReadEventsAsync(1_001)).Split(' ').Length);
        Assert.Equal("/k/last=1", await store.ListAsync(KeyRange.Prefix("/k/")));
        Assert.Equal("", await store.ListAsync(KeyRange.Prefix("/k/"), revision));
        await store.CompactAsync(revision - 1);
        using var first = store.Watch(new WatchRequest(KeyRange.All, revision));
        Assert.Equal(1_001, (await first.ReadEventsAsync(1_001)).Split(' ').Length);
    }

    [Fact]
    public async Task Cancelling_a_read_loses_nothing()
    {
        using var watch = _store.Watch(new WatchRequest(KeyRange.All));
        for (var i = 0; i < 200; i++)
        {
            using var cancellation = new CancellationTokenSource();
            var read = watch.ReadAsync(cancellation.Token).AsTask();
            var put = _store.PutAsync("a", $"{i}");
            await cancellation.CancelAsync();
            var revision = await put;
            var seen = read.IsCompletedSuccessfully ? (await read).Revision : 0;
            if (seen == 0)
            {
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
                Assert.Equal($"a={i}@{revision}", await watch.ReadEventsAsync(1));
            }
        }
    }

    [Fact]
    public async Task Closing_the_watch_or_the_store_ends_it()
    {
        var watch = _store.Watch(new WatchRequest(KeyRange.All));
        var other = _store.Watch(new WatchRequest(KeyRange.All));
        var pending = watch.ReadBatchAsync();
        watch.Dispose();
        Assert.Equal(WatchBatchKind.Closed, (await pending).Kind);
        pending = other.ReadBatchAsync();
        await _store.DisposeAsync();
        Assert.Equal(WatchBatchKind.Closed, (await pending).Kind);
        Assert.Equal(WatchBatchKind.Closed, (await _store.Watch(new WatchRequest(KeyRange.All)).ReadBatchAsync()).Kind);
    }

    [Fact]
    public async Task Watches_opened_at_any_moment_under_load_miss_nothing_and_repeat_nothing()
    {
        await using var store = EmbeddedStore.OpenInMemory();
        const int Writes = 3_000;
        var watchers = new List<Task<long[]>>();
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < Writes; i++)
            {
                await store.PutAsync($"/k/{i % 10}", $"{i}");
            }
        });
        for (var i = 0; i < 60; i++)
        {
            var from = (await store.GetStatusAsync()).Revision / 2 + 1;
            watchers.Add(Task.Run(() => ReadThroughAsync(store, from, Writes + 1)));
        }

        await writer;
        foreach (var revisions in await Task.WhenAll(watchers))
        {
            Assert.Equal(Enumerable.Range(0, revisions.Length).Select(i => revisions[0] + i), revisions);
        }
    }

    private static async Task<long[]> ReadThroughAsync(EmbeddedStore store, long from, long last)
    {
        var revisions = new List<long>();
        using var watch = store.Watch(new WatchRequest(KeyRange.Prefix("/k/"), from));
        while (revisions.Count == 0 || revisions[^1] < last)
        {
            var batch = await watch.ReadBatchAsync();
            Assert.Equal(WatchBatchKind.Events, batch.Kind);
            revisions.AddRange(batch.Events.ToArray().Select(change => change.Revision));
        }

        Assert.Equal(Math.Max(from, 2), revisions[0]);
        return [.. revisions];
    }
}
