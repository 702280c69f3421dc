using Petrel.Storage.Backends.Embedded;
using Petrel.Storage.Tests.Backends.Embedded.Files;
using static Petrel.Storage.Tests.StoreText;

namespace Petrel.Storage.Tests.Backends.Embedded;

public class PowerFailureTests
{
    /// <summary>Small files and no threshold, so that a short run switches, recycles and replaces many of them.</summary>
    private static readonly EmbeddedStoreOptions Small = new()
    {
        SegmentBytes = 64 << 10,
        MaximumValueBytes = 8 << 10,
        BatchBytes = 8 << 10,
        SnapshotThresholdBytes = 0,
    };

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 7)]
    public async Task Power_failing_at_any_operation_loses_no_acknowledged_change(int seed, int stride)
    {
        var total = await RunAsync(seed, failAt: int.MaxValue);
        for (var failAt = 1 + (seed % stride); failAt <= total; failAt += stride)
        {
            await RunAsync(seed, failAt);
        }
    }

    /// <summary>Runs a fixed sequence of changes until the power fails, restarts, and checks; returns the number of disk operations.</summary>
    private static async Task<int> RunAsync(int seed, int failAt)
    {
        var disk = new SimulatedDisk(seed * 1_000 + failAt) { PowerFailsAt = failAt };
        var random = new Random(seed);
        var model = new StoreModel();
        Action unacknowledged = () => { };
        try
        {
            await using var store = EmbeddedStore.Open(disk, Small);
            for (var i = 0; i < 200; i++)
            {
                unacknowledged = Prepare(model, random, i, out var transaction);
                Assert.True((await store.CommitAsync(transaction)).Succeeded);
                unacknowledged();
                unacknowledged = () => { };
                if (i % 40 == 39)
                {
                    await store.CompactAsync(model.Revision - random.Next(10));
                    await store.TruncationAsync();
                }
            }
        }
        catch (StoreUnavailableException)
        {
            Assert.False(disk.HasPower);
        }

        var operations = disk.Operations;
        if (failAt == int.MaxValue)
        {
            // The run is worth something only when it passes through all of this.
            Assert.Contains(disk.List(), name => name.StartsWith("snapshot-", StringComparison.Ordinal));
            Assert.DoesNotContain("log-0000000000000001", disk.List());
        }

        disk.LosePowerAndRestart();
        await CheckAfterRestartAsync(disk, model, unacknowledged);
        return operations;
    }

    private static async Task CheckAfterRestartAsync(SimulatedDisk disk, StoreModel model, Action unacknowledged)
    {
        await using (var store = EmbeddedStore.Open(disk, Small))
        {
            // The change that was under way when the power failed may have happened or not; nothing else may differ.
            if ((await store.GetStatusAsync()).Revision > model.Revision)
            {
                unacknowledged();
            }

            await model.CheckAsync(store);
            Assert.Equal(model.Revision, store.Recovery!.Revision);
            await store.PutAsync("after", "restart");
            model.Put("after", "restart");
        }

        await using var again = EmbeddedStore.Open(disk, Small);
        await model.CheckAsync(again);
        Assert.True(again.Recovery!.ClosedInOrder);
        Assert.Null(again.Recovery.TornWrite);
    }

    private static Action Prepare(StoreModel model, Random random, int number, out Transaction transaction)
    {
        var key = $"/k/{random.Next(20)}";
        if (random.Next(4) == 0 && model.Keys.ContainsKey(key))
        {
            transaction = Transaction.Delete(key);
            return () => model.Delete(key);
        }

        var value = StoreModel.RandomValue(random, number);
        transaction = Transaction.Put(key, Bytes(value));
        return () => model.Put(key, value);
    }
}
