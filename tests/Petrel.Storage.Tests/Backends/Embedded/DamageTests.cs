using Petrel.Storage.Backends.Embedded;
using Petrel.Storage.Tests.Backends.Embedded.Files;

namespace Petrel.Storage.Tests.Backends.Embedded;

public class DamageTests
{
    private static readonly EmbeddedStoreOptions Small = new()
    {
        SegmentBytes = 64 << 10,
        MaximumValueBytes = 8 << 10,
        BatchBytes = 8 << 10,
        SnapshotThresholdBytes = 0,
    };

    [Fact]
    public async Task A_damaged_byte_anywhere_in_a_closed_store_is_an_error_that_names_the_place()
    {
        var (disk, model) = await MakeAsync(changes: 350, closeInOrder: true);
        var random = new Random(1);
        var found = 0;
        foreach (var name in disk.List().Where(name => !name.StartsWith("spare", StringComparison.Ordinal)))
        {
            for (var i = 0; i < 150; i++)
            {
                var offset = random.Next(disk.Content(name).Length);
                disk.Corrupt(name, offset, 0x10);
                found += await OpenDamagedAsync(disk, model, name) ? 1 : 0;
                disk.Corrupt(name, offset, 0x10);
            }
        }

        Assert.True(found > 100);
        Assert.Contains(disk.List(), name => name.StartsWith("snapshot", StringComparison.Ordinal));
        await using var store = EmbeddedStore.Open(disk, Small);
        await model.CheckAsync(store);
    }

    [Fact]
    public async Task Damage_in_the_middle_of_the_last_file_is_told_from_a_write_cut_off_at_its_end()
    {
        var (disk, model) = await MakeAsync(changes: 10, closeInOrder: false);
        var name = Assert.Single(disk.List());
        var content = disk.Content(name);
        var end = Array.FindLastIndex(content, value => value != 0);

        disk.Corrupt(name, 4096 + 40, 1);
        var damage = Assert.Throws<StoreCorruptException>(() => EmbeddedStore.Open(disk, Small));
        Assert.Equal(("/disk/" + name, 4096L), (damage.Path, damage.Offset));
        Assert.Contains("Restore the directory from a backup", damage.Message, StringComparison.Ordinal);
        disk.Corrupt(name, 4096 + 40, 1);

        disk.Corrupt(name, end, 1);
        disk.Restart();
        await using var store = EmbeddedStore.Open(disk, Small);
        Assert.Equal(model.Revision - 1, store.Recovery!.Revision);
        Assert.Equal("/disk/" + name, store.Recovery.TornWrite!.Path);
        Assert.InRange(end, store.Recovery.TornWrite.Offset, store.Recovery.TornWrite.Offset + store.Recovery.TornWrite.Bytes);
        Assert.False(store.Recovery.ClosedInOrder);
    }

    [Fact]
    public async Task A_missing_log_file_is_an_error()
    {
        var (disk, _) = await MakeAsync(changes: 600, closeInOrder: true);
        var logs = disk.List().Where(name => name.StartsWith("log", StringComparison.Ordinal)).Order().ToArray();
        Assert.True(logs.Length >= 3);
        disk.Rename(logs[1], "elsewhere");
        var damage = Assert.Throws<StoreCorruptException>(() => EmbeddedStore.Open(disk, Small));
        Assert.Equal("/disk/" + logs[1], damage.Path);
        disk.Rename("elsewhere", logs[1]);
        disk.Rename(logs[0], "elsewhere");
        Assert.Throws<StoreCorruptException>(() => EmbeddedStore.Open(disk, Small));
    }

    [Fact]
    public async Task Moving_the_damaged_file_and_later_ones_away_goes_on_with_what_was_before()
    {
        var (disk, model) = await MakeAsync(changes: 350, closeInOrder: true);
        var last = disk.List().Where(name => name.StartsWith("log", StringComparison.Ordinal)).Max()!;
        disk.Corrupt(last, 5_000, 1);
        var damage = Assert.Throws<StoreCorruptException>(() => EmbeddedStore.Open(disk, Small));
        Assert.Contains("move this file and all log files with higher numbers", damage.Message, StringComparison.Ordinal);
        disk.Rename(last, "elsewhere");
        await using var store = EmbeddedStore.Open(disk, Small);
        Assert.InRange(store.Recovery!.Revision, 100, model.Revision - 1);
        Assert.Contains($"revision {store.Recovery.Revision},", damage.Message, StringComparison.Ordinal);
        await store.PutAsync("/goes/on", "x");
    }

    [Fact]
    public async Task A_damaged_snapshot_is_passed_over_while_the_log_still_reaches_back()
    {
        var disk = new SimulatedDisk(1)
        {
            FailureOf = (_, what) => what.StartsWith("rename log", StringComparison.Ordinal) && !what.EndsWith(".tmp", StringComparison.Ordinal)
                ? new StoreUnavailableException("No log file can be retired.")
                : null,
        };
        var (_, model) = await MakeAsync(changes: 350, closeInOrder: true, disk);
        var snapshot = Assert.Single(disk.List(), name => name.StartsWith("snapshot", StringComparison.Ordinal));
        disk.Corrupt(snapshot, 200, 1);
        await using var store = EmbeddedStore.Open(disk, Small);
        await model.CheckAsync(store);
        Assert.Equal(0, store.Recovery!.SnapshotRevision);
        Assert.Contains(snapshot, Assert.Single(store.Recovery.DamagedSnapshots), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_format_of_the_future_is_refused()
    {
        var (disk, _) = await MakeAsync(changes: 3, closeInOrder: true);
        var name = Assert.Single(disk.List());
        var header = disk.Content(name)[..4096];
        header[8] = 2;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(
            header.AsSpan(48), Petrel.Storage.Backends.Embedded.Log.Crc32C.Compute(header.AsSpan(0, 48)));
        disk.Open(name).Write(header, 0);
        var damage = Assert.Throws<StoreCorruptException>(() => EmbeddedStore.Open(disk, Small));
        Assert.Contains("version 2", damage.Message, StringComparison.Ordinal);
    }

    /// <summary>True when the damage was found; when it was not, everything must be there.</summary>
    private static async Task<bool> OpenDamagedAsync(SimulatedDisk disk, StoreModel model, string name)
    {
        var before = disk.Operations;
        try
        {
            await using var store = EmbeddedStore.Open(new ReadOnlyView(disk), Small);
            await model.CheckAsync(store);
            return false;
        }
        catch (StoreCorruptException damage)
        {
            // Damage to one file may only show in the next one, which does not follow it.
            Assert.Contains(name[..3], damage.Path, StringComparison.Ordinal);
            Assert.Equal(before, disk.Operations);
            return true;
        }
    }

    private static async Task<(SimulatedDisk Disk, StoreModel Model)> MakeAsync(int changes, bool closeInOrder, SimulatedDisk? disk = null)
    {
        disk ??= new SimulatedDisk(1);
        var random = new Random(1);
        var model = new StoreModel();
        var store = EmbeddedStore.Open(disk, Small);
        for (var i = 0; i < changes; i++)
        {
            var value = StoreModel.RandomValue(random, i) + "~";
            await store.PutAsync($"/k/{i % 20}", value);
            model.Put($"/k/{i % 20}", value);
            if (i == 240)
            {
                await store.CompactAsync(model.Revision - 5);
                await store.TruncationAsync();
            }
        }

        if (!closeInOrder)
        {
            disk.Restart();
        }

        await store.DisposeAsync();
        return (disk, model);
    }
}
