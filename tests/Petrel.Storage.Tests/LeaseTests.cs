using Petrel.Storage.Backends.Embedded;
using static Petrel.Storage.Tests.StoreText;

namespace Petrel.Storage.Tests;

public sealed class LeaseTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualTime _time = new();
    private readonly EmbeddedStore _store;

    public LeaseTests() => _store = EmbeddedStore.OpenInMemory(time: _time);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _store.DisposeAsync().AsTask();

    [Fact]
    public async Task Expiry_deletes_the_attached_keys_in_one_revision()
    {
        var lease = await _store.Leases.GrantAsync(Minute);
        await _store.PutAsync("b", "1", lease.Id);
        await _store.PutAsync("a", "2", lease.Id);
        await _store.PutAsync("c", "3");
        using var watch = _store.Watch(new WatchRequest(KeyRange.All));
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal("a-@5 b-@5", await watch.ReadEventsAsync(2));
        Assert.Equal("c=3", await _store.ListAsync(KeyRange.All));
        Assert.Null(await _store.Leases.FindAsync(lease.Id));
    }

    [Fact]
    public async Task A_renewed_lease_lives_on_and_expires_later()
    {
        var lease = await _store.Leases.GrantAsync(Minute);
        await _store.PutAsync("a", "1", lease.Id);
        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(50));
            Assert.Equal(Minute, await _store.Leases.KeepAliveAsync(lease.Id));
        }

        Assert.Equal(Minute, (await _store.Leases.FindAsync(lease.Id))!.Remaining);
        using var watch = _store.Watch(new WatchRequest(KeyRange.All));
        _time.Advance(Minute + TimeSpan.FromSeconds(1));
        Assert.Equal("a-@3", await watch.ReadEventsAsync(1));
        Assert.Null(await _store.Leases.KeepAliveAsync(lease.Id));
    }

    [Fact]
    public async Task Revoking_deletes_the_keys_at_once()
    {
        var lease = await _store.Leases.GrantAsync(Minute);
        await _store.PutAsync("a", "1", lease.Id);
        Assert.True(await _store.Leases.RevokeAsync(lease.Id));
        Assert.False(await _store.Leases.RevokeAsync(lease.Id));
        Assert.Equal("", await _store.ListAsync(KeyRange.All));
        Assert.Equal(3, (await _store.GetStatusAsync()).Revision);
    }

    [Fact]
    public async Task A_key_follows_its_latest_put()
    {
        var first = await _store.Leases.GrantAsync(Minute);
        var second = await _store.Leases.GrantAsync(Minute);
        await _store.PutAsync("moved", "1", first.Id);
        await _store.PutAsync("freed", "1", first.Id);
        await _store.PutAsync("moved", "2", second.Id);
        await _store.PutAsync("freed", "2");
        await _store.Leases.RevokeAsync(first.Id);
        Assert.Equal("freed=2 moved=2", await _store.ListAsync(KeyRange.All));
        await _store.Leases.RevokeAsync(second.Id);
        Assert.Equal("freed=2", await _store.ListAsync(KeyRange.All));
    }

    [Fact]
    public async Task Putting_with_an_unknown_lease_changes_nothing()
    {
        var result = await _store.CommitAsync(Transaction.Put("a", Bytes("1"), lease: 42));
        Assert.Equal(TransactionOutcome.LeaseNotFound, result.Outcome);
        Assert.Equal("", await _store.ListAsync(KeyRange.All));
    }

    [Fact]
    public async Task Revoking_an_empty_lease_makes_no_revision()
    {
        var lease = await _store.Leases.GrantAsync(Minute);
        Assert.True(await _store.Leases.RevokeAsync(lease.Id));
        Assert.Equal(1, (await _store.GetStatusAsync()).Revision);
    }

    [Fact]
    public async Task A_put_racing_with_the_revocation_either_dies_with_the_lease_or_is_refused()
    {
        for (var round = 0; round < 100; round++)
        {
            var lease = await _store.Leases.GrantAsync(Minute);
            var puts = Enumerable.Range(0, 8).Select(i => Task.Run(() =>
                _store.CommitAsync(Transaction.Put($"k{i}", Bytes("1"), lease: lease.Id)).AsTask())).ToArray();
            var revoked = Task.Run(() => _store.Leases.RevokeAsync(lease.Id).AsTask());
            await Task.WhenAll(puts);
            Assert.True(await revoked);
            Assert.Equal("", await _store.ListAsync(KeyRange.All));
        }
    }

    [Fact]
    public async Task A_lease_shorter_than_a_second_is_refused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _store.Leases.GrantAsync(TimeSpan.FromMilliseconds(999)).AsTask());
}
