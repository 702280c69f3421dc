using Petrel.Storage.Backends.Embedded;
using Petrel.Storage.Tests.Backends.Embedded.Files;
using static Petrel.Storage.Tests.StoreText;

namespace Petrel.Storage.Tests.Backends.Embedded;

/// <summary>Random changes, reads, compactions, power failures and process deaths, compared with a model throughout.</summary>
public class RandomOperationsTests
{
    private static readonly EmbeddedStoreOptions Small = new()
    {
        SegmentBytes = 64 << 10,
        MaximumValueBytes = 8 << 10,
        BatchBytes = 8 << 10,
        SnapshotThresholdBytes = 0,
    };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_store_equals_its_model_through_any_number_of_failures(int seed)
    {
        var random = new Random(seed);
        var disk = new SimulatedDisk(seed);
        var model = new StoreModel();
        var watched = new List<string>();
        for (var life = 0; life < 25; life++)
        {
            disk.PowerFailsAt = disk.Operations + random.Next(5, 400);
            var unacknowledged = await LiveAsync(disk, model, random, watched);
            if (random.Next(3) == 0)
            {
                disk.Restart();
            }
            else
            {
                disk.LosePowerAndRestart();
            }

            await using var store = EmbeddedStore.Open(disk, Small);
            if ((await store.GetStatusAsync()).Revision > model.Revision)
            {
                unacknowledged();
            }

            await model.CheckAsync(store);
            await CatchUpAsync(store, model, watched);
        }

        Assert.Equal(model.Events, watched);
    }

    [Fact]
    public async Task Snapshots_written_while_changes_go_on_disturb_nothing()
    {
        var disk = new SimulatedDisk(1);
        var last = new string[8];
        await using (var store = EmbeddedStore.Open(disk, Small))
        {
            await Task.WhenAll(Enumerable.Range(0, last.Length).Select(writer => Task.Run(async () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    last[writer] = $"/w/{writer}={i}" + new string('x', 1_500);
                    var revision = await store.PutAsync($"/w/{writer}", last[writer][(last[writer].IndexOf('=', StringComparison.Ordinal) + 1)..]);
                    await store.CompactAsync(revision - 10);
                }
            })));
        }

        await using var reopened = EmbeddedStore.Open(disk, Small);
        Assert.Equal(string.Join(' ', last), await reopened.ListAsync(KeyRange.All));
        Assert.Equal(8_001, reopened.Recovery!.Revision);
        Assert.True(reopened.Recovery.SnapshotRevision > 4_000);
    }

    /// <summary>One life of the process; returns what its last change would have done to the model.</summary>
    private static async Task<Action> LiveAsync(SimulatedDisk disk, StoreModel model, Random random, List<string> watched)
    {
        Action pending = () => { };
        try
        {
            await using var store = EmbeddedStore.Open(disk, Small);
            using var watch = store.Watch(new WatchRequest(KeyRange.All, watched.Count + 2));
            for (var i = 0; i < 150; i++)
            {
                var key = $"/k/{random.Next(25)}";
                switch (random.Next(20))
                {
                    case 0:
                        await CompareHistoryAsync(store, model, random);
                        break;
                    case 1 when random.Next(3) == 0:
                        await ReadWatchAsync(watch, model, watched);
                        await store.CompactAsync(Math.Max(2, model.Revision - random.Next(40)));
                        break;
                    case 2:
                        await ReadWatchAsync(watch, model, watched);
                        break;
                    case < 7 when model.Keys.ContainsKey(key):
                        pending = () => model.Delete(key);
                        Assert.True((await store.CommitAsync(Transaction.Delete(key))).Succeeded);
                        Settle(ref pending);
                        break;
                    default:
                        var value = StoreModel.RandomValue(random, i);
                        pending = () => model.Put(key, value);
                        Assert.True((await store.CommitAsync(Transaction.Put(key, Bytes(value)))).Succeeded);
                        Settle(ref pending);
                        break;
                }
            }
        }
        catch (StoreUnavailableException)
        {
            Assert.False(disk.HasPower);
        }

        return pending;
    }

    private static void Settle(ref Action pending)
    {
        pending();
        pending = () => { };
    }

    /// <summary>A past revision, replayed from the model's events, must read as it was.</summary>
    private static async Task CompareHistoryAsync(EmbeddedStore store, StoreModel model, Random random)
    {
        var oldest = Math.Max(1, (await store.GetStatusAsync()).CompactedRevision);
        var revision = random.NextInt64(oldest, model.Revision + 1);
        var replayed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in model.Events.Take((int)revision - 1))
        {
            var text = change[..change.LastIndexOf('@')];
            if (text.EndsWith('-') && !text.Contains('=', StringComparison.Ordinal))
            {
                replayed.Remove(text[..^1]);
            }
            else
            {
                replayed[text[..text.IndexOf('=', StringComparison.Ordinal)]] = text[(text.IndexOf('=', StringComparison.Ordinal) + 1)..];
            }
        }

        Assert.Equal(string.Join(' ', replayed.Select(entry => $"{entry.Key}={entry.Value}")), await store.ListAsync(KeyRange.All, revision));
    }

    private static async Task ReadWatchAsync(IWatch watch, StoreModel model, List<string> watched)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (watched.Count < model.Events.Count)
        {
            var batch = await watch.ReadAsync(timeout.Token);
            Assert.Equal(WatchBatchKind.Events, batch.Kind);
            watched.AddRange(batch.Events.ToArray().Select(StoreText.Text));
        }
    }

    /// <summary>A watch continued after the restart delivers what the one before had not.</summary>
    private static async Task CatchUpAsync(EmbeddedStore store, StoreModel model, List<string> watched)
    {
        using var watch = store.Watch(new WatchRequest(KeyRange.All, watched.Count + 2));
        await ReadWatchAsync(watch, model, watched);
    }
}
