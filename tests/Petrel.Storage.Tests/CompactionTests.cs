using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Tests;

public sealed class CompactionTests : IAsyncLifetime
{
    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();

    public async Task InitializeAsync()
    {
        await _store.PutAsync("a", "1"); // revision 2
        await _store.PutAsync("b", "2");
        await _store.PutAsync("a", "3");
        await _store.DeleteAsync("b"); // revision 5
    }

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task Older_revisions_are_gone_and_the_compacted_one_and_later_ones_stay()
    {
        Assert.Equal(CompactionOutcome.Compacted, await _store.CompactAsync(4));
        var gone = await _store.RangeAsync(new RangeRequest(KeyRange.All, Revision: 3));
        Assert.Equal((RangeOutcome.Compacted, 4L), (gone.Outcome, gone.Revision));
        Assert.Equal("a=3 b=2", await _store.ListAsync(KeyRange.All, revision: 4));
        Assert.Equal("a=3", await _store.ListAsync(KeyRange.All, revision: 5));
        Assert.Equal(4, (await _store.GetStatusAsync()).CompactedRevision);
    }

    [Fact]
    public async Task Compacting_backwards_or_into_the_future_is_an_outcome()
    {
        Assert.Equal(CompactionOutcome.Future, await _store.CompactAsync(6));
        Assert.Equal(CompactionOutcome.Compacted, await _store.CompactAsync(4));
        Assert.Equal(CompactionOutcome.AlreadyCompacted, await _store.CompactAsync(4));
        Assert.Equal(CompactionOutcome.AlreadyCompacted, await _store.CompactAsync(3));
    }

    [Fact]
    public async Task Compacting_makes_no_revision_and_keeps_the_latest_values()
    {
        await _store.CompactAsync(5);
        Assert.Equal("a=3", await _store.ListAsync(KeyRange.All));
        Assert.Equal(6, await _store.PutAsync("c", "4"));
    }

    [Fact]
    public async Task A_watch_at_or_before_the_compacted_revision_is_told_so()
    {
        await _store.CompactAsync(4);
        using var watch = _store.Watch(new WatchRequest(KeyRange.All, FromRevision: 4));
        var batch = await watch.ReadBatchAsync();
        Assert.Equal((WatchBatchKind.Compacted, 4L), (batch.Kind, batch.Revision));
        Assert.Equal(WatchBatchKind.Compacted, (await watch.ReadBatchAsync()).Kind);
        using var later = _store.Watch(new WatchRequest(KeyRange.All, FromRevision: 5));
        Assert.Equal("b-@5", await later.ReadEventsAsync(1));
    }

    [Fact]
    public async Task A_watch_that_has_not_read_its_history_when_that_is_compacted_is_told_so()
    {
        using var watch = _store.Watch(new WatchRequest(KeyRange.All, FromRevision: 2));
        await _store.CompactAsync(5);
        using var barrier = _store.Watch(new WatchRequest(KeyRange.All));
        await _store.PutAsync("c", "4");
        await barrier.ReadEventsAsync(1);
        Assert.Equal(WatchBatchKind.Compacted, (await watch.ReadBatchAsync()).Kind);
    }

    [Fact]
    public async Task Every_retained_revision_of_a_long_history_reads_as_it_was()
    {
        var expected = new Dictionary<long, string>();
        for (var i = 0; i < 10_000; i++)
        {
            var revision = await _store.PutAsync($"k{i % 7}", $"{i}");
            expected[revision] = i % 501 == 0 ? await _store.ListAsync(KeyRange.Prefix("k")) : "";
        }

        await _store.CompactAsync(6_000);
        foreach (var (revision, text) in expected.Where(entry => entry.Value.Length > 0 && entry.Key >= 6_000))
        {
            Assert.Equal(text, await _store.ListAsync(KeyRange.Prefix("k"), revision));
        }

        Assert.Contains(expected, entry => entry.Value.Length > 0 && entry.Key >= 6_000);
    }
}
