using Petrel.Storage.Backends.Embedded;
using Petrel.Storage.Tests.Backends.Embedded.Files;

namespace Petrel.Storage.Tests.Backends.Embedded;

public class DiskFailureTests
{
    private static readonly EmbeddedStoreOptions Small = new()
    {
        SegmentBytes = 64 << 10,
        MaximumValueBytes = 8 << 10,
        BatchBytes = 8 << 10,
        SnapshotThresholdBytes = 0,
    };

    [Fact]
    public async Task On_a_full_disk_changes_fail_reads_go_on_and_changes_resume_when_there_is_space()
    {
        var disk = new SimulatedDisk(1);
        await using var store = EmbeddedStore.Open(disk, Small);
        var model = new StoreModel();
        disk.FailureOf = (_, what) => what.StartsWith("create", StringComparison.Ordinal)
            ? new StoreUnavailableException("No space left.") { IsOutOfSpace = true }
            : null;
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => FillAsync(store, model));
        Assert.True(failure.IsOutOfSpace);
        Assert.True(model.Revision > 5);
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PutAsync("/more", "x"));
            await model.CheckAsync(store);
        }

        disk.FailureOf = (_, _) => null;
        await FillAsync(store, model, changes: 20);
        await model.CheckAsync(store);
        disk.Restart();
        await using var reopened = EmbeddedStore.Open(disk, Small);
        await model.CheckAsync(reopened);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_operation_may_fail_and_what_was_acknowledged_is_there_and_what_failed_is_not(int seed)
    {
        var random = new Random(seed);
        var disk = new SimulatedDisk(seed);
        var model = new StoreModel();
        var failures = 0;
        await using (var store = EmbeddedStore.Open(disk, Small))
        {
            disk.FailureOf = (_, _) => random.Next(6) == 0 ? new StoreUnavailableException("I/O error.") : null;
            for (var i = 0; i < 1_500; i++)
            {
                var (key, value) = ($"/k/{random.Next(20)}", StoreModel.RandomValue(random, i));
                try
                {
                    await store.PutAsync(key, value);
                    model.Put(key, value);
                }
                catch (StoreUnavailableException)
                {
                    failures++;
                }

                if (i % 100 == 99)
                {
                    await model.CheckAsync(store);
                    await TryCompactAsync(store, model);
                }
            }

            disk.FailureOf = (_, _) => null;
            await store.PutAsync("/last", "x");
            model.Put("/last", "x");
        }

        Assert.True(failures > 100);
        disk.LosePowerAndRestart();
        await using var reopened = EmbeddedStore.Open(disk, Small);
        await model.CheckAsync(reopened);
    }

    [Fact]
    public async Task A_lease_whose_deletion_failed_is_deleted_later()
    {
        var disk = new SimulatedDisk(1);
        var time = new ManualTime();
        await using var store = EmbeddedStore.Open(disk, Small, time);
        var lease = await store.Leases.GrantAsync(TimeSpan.FromSeconds(10));
        await store.PutAsync("a", "1", lease.Id);
        var failed = new TaskCompletionSource();
        disk.FailureOf = (_, what) =>
        {
            failed.TrySetResult();
            return new StoreUnavailableException("I/O error.");
        };
        time.Advance(TimeSpan.FromSeconds(11));
        await failed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PutAsync("b", "1"));
        Assert.Equal("a=1", await store.ListAsync(KeyRange.All));
        disk.FailureOf = (_, _) => null;
        using var watch = store.Watch(new WatchRequest(KeyRange.All));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("a-@3", await watch.ReadEventsAsync(1));
    }

    [Fact]
    public async Task Leases_and_their_keys_survive_a_restart_and_expire_afterwards()
    {
        var disk = new SimulatedDisk(1);
        var time = new ManualTime();
        Lease first, second, revoked, revokedLate;
        await using (var store = EmbeddedStore.Open(disk, Small, time))
        {
            first = await store.Leases.GrantAsync(TimeSpan.FromSeconds(60));
            revoked = await store.Leases.GrantAsync(TimeSpan.FromSeconds(60));
            await store.PutAsync("a", "1", first.Id);
            await store.PutAsync("r", "1", revoked.Id);
            await store.CompactAsync(2);
            await store.Leases.RevokeAsync(revoked.Id);
            second = await store.Leases.GrantAsync(TimeSpan.FromSeconds(120));
            revokedLate = await store.Leases.GrantAsync(TimeSpan.FromSeconds(60));
            await store.PutAsync("b", "1", second.Id);
            await store.PutAsync("l", "1", revokedLate.Id);
            await FillAsync(store, new StoreModel(), changes: 60);

            // In the snapshot of revision 50 the key is there and its lease is not: the log after it deletes the key.
            await store.Leases.RevokeAsync(revokedLate.Id);
            await store.CompactAsync(50);
            await store.TruncationAsync();
        }

        Assert.Contains(disk.List(), name => name.StartsWith("snapshot", StringComparison.Ordinal));
        disk.LosePowerAndRestart();
        await using var reopened = EmbeddedStore.Open(disk, Small, time);
        Assert.Equal(TimeSpan.FromSeconds(60), (await reopened.Leases.FindAsync(first.Id))!.Remaining);
        Assert.Null(await reopened.Leases.FindAsync(revoked.Id));
        Assert.Null(await reopened.Leases.FindAsync(revokedLate.Id));
        Assert.Null(await reopened.FindAsync("l"));
        Assert.StartsWith("l=1", await reopened.ListAsync(KeyRange.Single("l"), revision: 50), StringComparison.Ordinal);
        using var watch = reopened.Watch(new WatchRequest(KeyRange.All));
        time.Advance(TimeSpan.FromSeconds(61));
        Assert.StartsWith("a-@", await watch.ReadEventsAsync(1), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.StartsWith("b-@", await watch.ReadEventsAsync(1), StringComparison.Ordinal);
    }

    private static async Task FillAsync(EmbeddedStore store, StoreModel model, int changes = 1_000)
    {
        for (var i = 0; i < changes; i++)
        {
            var value = new string((char)('a' + (i % 26)), 4_000);
            await store.PutAsync($"/k/{i % 10}", value);
            model.Put($"/k/{i % 10}", value);
        }
    }

    private static async Task TryCompactAsync(EmbeddedStore store, StoreModel model)
    {
        try
        {
            await store.CompactAsync(model.Revision - 10);
        }
        catch (StoreUnavailableException)
        {
            // The next round compacts.
        }

        await store.TruncationAsync();
    }
}
