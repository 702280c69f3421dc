using System.Diagnostics;
using System.Globalization;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Bench;

/// <summary>Puts of new values by different numbers of writers, each of which waits for one put before the next.</summary>
internal static class WriteBench
{
    public static async Task RunAsync(string directory)
    {
        await BareFileAsync(directory);
        foreach (var writers in (int[])[1, 16, 256, 1024])
        {
            await using var store = EmbeddedStore.Open(directory);
            await PutAsync(store, writers, TimeSpan.FromSeconds(1));
            var (count, latencies, time) = await PutAsync(store, writers, TimeSpan.FromSeconds(4));
            latencies.Sort();
            Report.Line(
                $"put 2 KB, {writers} writers",
                string.Create(CultureInfo.InvariantCulture, $"{count / time.TotalSeconds,12:n0}/s   p50 {latencies[latencies.Count / 2].TotalMilliseconds:n2} ms   p99 {latencies[latencies.Count * 99 / 100].TotalMilliseconds:n2} ms"));
            await store.DisposeAsync();
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>What the disk does without a store: one write and one sync after the other.</summary>
    private static async Task BareFileAsync(string directory)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "bare");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, preallocationSize: 64 << 20);
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; watch.Elapsed < TimeSpan.FromSeconds(2) && count < 30_000; count++)
        {
            await Task.Yield();
            RandomAccess.Write(file, Report.Value.Span, (long)count * Report.ValueBytes);
            RandomAccess.FlushToDisk(file);
        }

        Report.Rate("bare file: write 2 KB + fsync", count, watch.Elapsed);
        File.Delete(path);
    }

    private static async Task<(long Count, List<TimeSpan> Latencies, TimeSpan Time)> PutAsync(EmbeddedStore store, int writers, TimeSpan duration)
    {
        var watch = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var own = new List<TimeSpan>();
            for (var i = 0; watch.Elapsed < duration; i++)
            {
                var value = new byte[Report.ValueBytes];
                var started = watch.Elapsed;
                await store.CommitAsync(Transaction.Put(Report.Key((writer * 100) + (i % 100)), value));
                own.Add(watch.Elapsed - started);
            }

            return own;
        })));
        var all = latencies.SelectMany(own => own).ToList();
        return (all.Count, all, watch.Elapsed);
    }
}
