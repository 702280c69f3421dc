using Petrel.Storage.Backends.Embedded;
using static Petrel.Storage.Tests.StoreText;

namespace Petrel.Storage.Tests;

public sealed class TransactionTests : IAsyncLifetime
{
    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task A_new_store_is_at_revision_1_and_each_change_makes_the_next()
    {
        Assert.Equal(new StoreStatus(1, 0, 0, 0), await _store.GetStatusAsync());
        Assert.Equal(2, await _store.PutAsync("a", "1"));
        Assert.Equal(3, await _store.PutAsync("b", "1"));
        Assert.Equal(4, await _store.PutAsync("a", "2"));
        Assert.Equal(5, await _store.DeleteAsync("b"));
        Assert.Equal(new StoreStatus(5, 0, 1, 0), await _store.GetStatusAsync());
    }

    [Fact]
    public async Task Versions_and_revisions_follow_a_key_through_its_life()
    {
        await _store.PutAsync("a", "1");
        await _store.PutAsync("a", "2");
        var second = await _store.FindAsync("a");
        Assert.Equal((2, 3, 2), (second!.CreateRevision, second.ModRevision, second.Version));
        await _store.DeleteAsync("a");
        Assert.Null(await _store.FindAsync("a"));
        await _store.PutAsync("a", "3");
        var reborn = await _store.FindAsync("a");
        Assert.Equal((5, 5, 1), (reborn!.CreateRevision, reborn.ModRevision, reborn.Version));
    }

    [Fact]
    public async Task Creating_an_existing_key_conflicts_and_returns_what_is_there()
    {
        await _store.PutAsync("a", "1");
        var result = await _store.CommitAsync(Transaction.Create("a", Bytes("2")));
        Assert.Equal(TransactionOutcome.Conflict, result.Outcome);
        Assert.Equal(2, result.Revision);
        Assert.Equal("1", result.Current!.Text());
        Assert.Equal("a=1", await _store.ListAsync(KeyRange.All));
    }

    [Fact]
    public async Task An_update_or_delete_at_the_wrong_revision_conflicts()
    {
        var revision = await _store.PutAsync("a", "1");
        await _store.PutAsync("a", "2");
        var update = await _store.CommitAsync(Transaction.Put("a", Bytes("3"), revision));
        var delete = await _store.CommitAsync(Transaction.Delete("a", revision));
        var missing = await _store.CommitAsync(Transaction.Delete("b", revision));
        Assert.Equal((TransactionOutcome.Conflict, "2"), (update.Outcome, update.Current!.Text()));
        Assert.Equal((TransactionOutcome.Conflict, "2"), (delete.Outcome, delete.Current!.Text()));
        Assert.Equal((TransactionOutcome.Conflict, null), (missing.Outcome, missing.Current));
        Assert.Equal(3, (await _store.GetStatusAsync()).Revision);
    }

    [Fact]
    public async Task A_committed_change_returns_what_it_replaced()
    {
        var revision = await _store.PutAsync("a", "1");
        var update = await _store.CommitAsync(Transaction.Put("a", Bytes("2"), revision));
        Assert.Equal(("1", "2"), (update.Previous!.Text(), update.Current!.Text()));
        var delete = await _store.CommitAsync(Transaction.Delete("a", update.Revision));
        Assert.Equal("2", delete.Previous!.Text());
        Assert.Null(delete.Current);
    }

    [Fact]
    public async Task Deleting_a_missing_key_changes_nothing()
    {
        var result = await _store.CommitAsync(Transaction.Delete("a"));
        Assert.Equal((TransactionOutcome.NotFound, 1), (result.Outcome, result.Revision));
    }

    [Fact]
    public async Task Of_many_writers_of_one_key_at_one_revision_exactly_one_wins()
    {
        var revision = await _store.PutAsync("a", "0");
        for (var round = 0; round < 50; round++)
        {
            var expected = revision;
            var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(writer =>
                Task.Run(() => _store.CommitAsync(Transaction.Put("a", Bytes($"{writer}"), expected)).AsTask())));
            var winner = Assert.Single(results, result => result.Succeeded);
            Assert.Equal(expected + 1, winner.Revision);
            Assert.All(results, result => Assert.Equal(winner.Current!.Text(), result.Current!.Text()));
            revision = winner.Revision;
        }
    }

    [Fact]
    public async Task A_value_over_the_limit_or_a_key_that_is_no_text_is_refused()
    {
        await using var store = EmbeddedStore.OpenInMemory(new EmbeddedStoreOptions { MaximumValueBytes = 4 });
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.CommitAsync(Transaction.Put("a", Bytes("12345"))).AsTask());
        await Assert.ThrowsAnyAsync<ArgumentException>(() => store.CommitAsync(Transaction.Put("a\ud800", Bytes("1"))).AsTask());
        Assert.Equal(2, await store.PutAsync("a", "1234"));
    }

    [Fact]
    public async Task A_closed_store_refuses_changes()
    {
        await _store.DisposeAsync();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _store.PutAsync("a", "1"));
    }
}
