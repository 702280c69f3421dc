using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Tests;

public sealed class RangeTests : IAsyncLifetime
{
    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();

    public async Task InitializeAsync()
    {
        await _store.PutAsync("/pods/a", "1"); // revision 2
        await _store.PutAsync("/pods/b", "2");
        await _store.PutAsync("/nodes/a", "3");
        await _store.PutAsync("/pods/c", "4");
        await _store.PutAsync("/pods/b", "5");
        await _store.DeleteAsync("/pods/a"); // revision 7
    }

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task A_range_is_in_order_and_holds_nothing_else()
    {
        Assert.Equal("/nodes/a=3 /pods/b=5 /pods/c=4", await _store.ListAsync(KeyRange.All));
        Assert.Equal("/pods/b=5 /pods/c=4", await _store.ListAsync(KeyRange.Prefix("/pods/")));
        Assert.Equal("/pods/b=5", await _store.ListAsync(KeyRange.Between("/pods/b", "/pods/c")));
        Assert.Equal("", await _store.ListAsync(KeyRange.Prefix("/none/")));
        Assert.Equal("", await _store.ListAsync(KeyRange.Single("/pods/a")));
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "/pods/a=1")]
    [InlineData(3, "/pods/a=1 /pods/b=2")]
    [InlineData(5, "/pods/a=1 /pods/b=2 /pods/c=4")]
    [InlineData(6, "/pods/a=1 /pods/b=5 /pods/c=4")]
    [InlineData(7, "/pods/b=5 /pods/c=4")]
    public async Task A_range_at_a_revision_is_as_it_was_then(long revision, string expected) =>
        Assert.Equal(expected, await _store.ListAsync(KeyRange.Prefix("/pods/"), revision));

    [Fact]
    public async Task A_limit_says_how_much_remains_and_the_list_continues_at_its_revision()
    {
        var first = await _store.RangeAsync(new RangeRequest(KeyRange.Prefix("/pods/"), Revision: 6, Limit: 2));
        Assert.Equal((2, 3L, 1L, 6L), (first.Items.Count, first.Count, first.Remaining, first.Revision));
        var rest = KeyRange.Prefix("/pods/").After(first.Items.Last().Key);
        Assert.Equal("/pods/c=4", await _store.ListAsync(rest, revision: 6, limit: 2));
    }

    [Fact]
    public async Task A_count_returns_no_items()
    {
        var result = await _store.RangeAsync(new RangeRequest(KeyRange.Prefix("/pods/"), Content: RangeContent.Count));
        Assert.Equal((0, 2L), (result.Items.Count, result.Count));
    }

    [Fact]
    public async Task A_future_revision_is_an_outcome()
    {
        var result = await _store.RangeAsync(new RangeRequest(KeyRange.All, Revision: 8));
        Assert.Equal((RangeOutcome.Future, 7L, 0), (result.Outcome, result.Revision, result.Items.Count));
    }

    [Fact]
    public async Task A_result_does_not_change_while_the_store_does()
    {
        var before = await _store.RangeAsync(new RangeRequest(KeyRange.Prefix("/pods/")));
        await _store.DeleteAsync("/pods/b");
        await _store.PutAsync("/pods/bb", "6");
        Assert.Equal(["/pods/b", "/pods/c"], before.Items.Select(item => item.Key));
        Assert.Equal(["/pods/b", "/pods/c"], before.Items.Select(item => item.Key));
    }

    [Fact]
    public async Task Values_are_handed_out_without_copies()
    {
        var value = StoreText.Bytes("shared");
        await _store.CommitAsync(Transaction.Put("/x", value));
        var first = await _store.FindAsync("/x");
        Assert.True(value.Equals(first!.Value));
        Assert.Same(first, await _store.FindAsync("/x"));
    }
}
