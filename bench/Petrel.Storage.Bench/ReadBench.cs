using System.Diagnostics;
using System.Globalization;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Bench;

/// <summary>Reads, memory per object, and recovery.</summary>
internal static class ReadBench
{
    public static async Task RunAsync(string directory, int objects)
    {
        long memory;
        await using (var store = EmbeddedStore.Open(directory))
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            await Parallel.ForAsync(0, objects, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (i, cancellation) =>
                await store.CommitAsync(Transaction.Create(Report.Key(i), new byte[Report.ValueBytes]), cancellation));
            memory = GC.GetTotalMemory(forceFullCollection: true) - before;
            Report.Line($"memory, {objects} objects of 2 KB", string.Create(CultureInfo.InvariantCulture, $"{(double)memory / objects,12:n0} bytes per object"));
            await GetAsync(store, objects);
            await RangeAsync(store, 500);
            await RangeAsync(store, 10_000);
        }

        var watch = Stopwatch.StartNew();
        await using (var store = EmbeddedStore.Open(directory))
        {
            Report.Time($"recovery of {objects} objects from the log", watch.Elapsed);
            await store.CompactAsync(store.Recovery!.Revision);
        }

        watch.Restart();
        await using (var store = EmbeddedStore.Open(directory, new EmbeddedStoreOptions { SnapshotThresholdBytes = 0 }))
        {
            Report.Time($"recovery of {objects} objects, second time", watch.Elapsed);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task GetAsync(EmbeddedStore store, int objects)
    {
        const int Count = 2_000_000;
        var keys = Enumerable.Range(0, objects).Select(Report.Key).ToArray();
        var random = new Random(1);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Count; i++)
        {
            var result = await store.RangeAsync(new RangeRequest(KeyRange.Single(keys[random.Next(objects)])));
            Debug.Assert(result.Count == 1);
        }

        Report.Rate("get, one reader", Count, watch.Elapsed);
    }

    private static async Task RangeAsync(EmbeddedStore store, int limit)
    {
        const int Rounds = 200;
        var bytes = 0L;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++)
        {
            var result = await store.RangeAsync(new RangeRequest(KeyRange.Prefix("/registry/configmaps/"), Limit: limit));
            foreach (var item in result.Items)
            {
                bytes += item.Value.Length;
            }
        }

        Debug.Assert(bytes > 0);
        Report.Time($"range of {limit}", watch.Elapsed / Rounds);
    }
}
