using Petrel.Storage.Backends.Embedded;
using Petrel.Storage.Tests.Backends.Embedded.Files;

namespace Petrel.Storage.Tests.Backends.Embedded;

/// <summary>What an unfinished write leaves at the end of a log file must never be taken for damage or for a change later.</summary>
public class TornTailTests
{
    private static readonly EmbeddedStoreOptions Small = new()
    {
        SegmentBytes = 64 << 10,
        MaximumValueBytes = 8 << 10,
        BatchBytes = 8 << 10,
    };

    private static readonly string Large = new('x', 8_000);

    [Fact]
    public async Task A_torn_write_stays_harmless_when_the_next_change_goes_to_another_file()
    {
        var (disk, model, full) = await FillFirstFileAsync();
        disk.PowerFailsAt = disk.Operations + 1;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => full.PutAsync("/torn", new string('t', 700)));

        // The tail is torn for certain, whatever chance left of it.
        disk.Restart();
        var file = disk.Open("log-0000000000000001");
        file.Write("MRF"u8, EndOf(disk) + 64);
        file.Write([1], EndOf(disk));

        await using (var store = EmbeddedStore.Open(disk, Small))
        {
            Assert.NotNull(store.Recovery!.TornWrite);
            await store.PutAsync("/large", Large);
            model.Put("/large", Large);
            Assert.Contains("log-0000000000000002", disk.List());
        }

        await using var reopened = EmbeddedStore.Open(disk, Small);
        await model.CheckAsync(reopened);
    }

    [Fact]
    public async Task A_change_that_failed_stays_gone_when_the_next_one_goes_to_another_file()
    {
        var (disk, model, store) = await FillFirstFileAsync();
        await using (store)
        {
            // The write itself succeeds, its sync and the attempt to take it back do not: the frame is in the file.
            var firstWrite = disk.Operations + 1;
            disk.FailureOf = (operation, _) => operation > firstWrite ? new StoreUnavailableException("I/O error.") : null;
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PutAsync("/failed", "x"));
            disk.FailureOf = (_, _) => null;
            await store.PutAsync("/large", Large);
            model.Put("/large", Large);
            Assert.Contains("log-0000000000000002", disk.List());
        }

        await using var reopened = EmbeddedStore.Open(disk, Small);
        await model.CheckAsync(reopened);
    }

    [Fact]
    public async Task What_readers_saw_after_a_restart_survives_a_power_failure()
    {
        var disk = new SimulatedDisk(1);
        var store = EmbeddedStore.Open(disk, Small);
        await store.PutAsync("/a", "1");

        // The process dies between write and sync: the change is in the system's memory and not on the medium.
        disk.PowerFailsAt = disk.Operations + 2;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.PutAsync("/b", new string('b', 5_000)));
        disk.Restart();
        long seen;
        var reader = EmbeddedStore.Open(disk, Small);
        seen = reader.Recovery!.Revision;
        Assert.Equal(3, seen);
        disk.LosePowerAndRestart();
        await using var reopened = EmbeddedStore.Open(disk, Small);
        Assert.Equal(seen, reopened.Recovery!.Revision);
        await reader.DisposeAsync();
        await store.DisposeAsync();
    }

    /// <summary>A store whose first file has room for a small change and not for <see cref="Large"/>.</summary>
    private static async Task<(SimulatedDisk Disk, StoreModel Model, EmbeddedStore Store)> FillFirstFileAsync()
    {
        var disk = new SimulatedDisk(1);
        var model = new StoreModel();
        var store = EmbeddedStore.Open(disk, Small);
        for (var i = 0; i < 7; i++)
        {
            await store.PutAsync($"/k/{i}", Large);
            model.Put($"/k/{i}", Large);
        }

        Assert.Equal(["log-0000000000000001"], disk.List());
        return (disk, model, store);
    }

    /// <summary>Where the frames end: seven of the same length after the header of the file.</summary>
    private static int EndOf(SimulatedDisk disk)
    {
        var frame = BitConverter.ToInt32(disk.Content("log-0000000000000001"), 4096 + 4) + 32;
        return 4096 + (7 * ((frame + 7) & -8));
    }
}
