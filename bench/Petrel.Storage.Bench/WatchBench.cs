using System.Diagnostics;
using System.Globalization;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Bench;

/// <summary>One writer, many watches.</summary>
internal static class WatchBench
{
    public static async Task RunAsync(string directory)
    {
        await FanOutAsync(directory, 1_000);
        await IdleAsync(directory, 10_000);
    }

    private static async Task FanOutAsync(string directory, int watchers)
    {
        await using var store = EmbeddedStore.Open(directory);
        const int Updates = 500;
        var watches = Enumerable.Range(0, watchers).Select(_ => store.Watch(new WatchRequest(KeyRange.Prefix("/registry/configmaps/")))).ToArray();
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        var readers = watches.Select(reader => Task.Run(async () =>
        {
            for (var seen = 0; seen < Updates;)
            {
                seen += (await reader.ReadAsync()).Events.Length;
            }
        })).ToArray();
        for (var i = 0; i < Updates; i++)
        {
            await store.CommitAsync(Transaction.Put(Report.Key(i), new byte[Report.ValueBytes]));
        }

        await Task.WhenAll(readers);
        Report.Rate($"events to {watchers} watches of one prefix", (long)Updates * watchers, watch.Elapsed);
        Report.Line("  processor time per event", string.Create(CultureInfo.InvariantCulture, $"{(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Updates / watchers,12:n2} us"));
        foreach (var reader in watches)
        {
            reader.Dispose();
        }
    }

    private static async Task IdleAsync(string directory, int watchers)
    {
        await using var store = EmbeddedStore.Open(directory);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var opening = Stopwatch.StartNew();
        var watches = Enumerable.Range(0, watchers).Select(i => store.Watch(new WatchRequest(KeyRange.Single(Report.Key(1_000_000 + i))))).ToArray();
        var reads = watches.Select(reader => reader.ReadAsync().AsTask()).ToArray();
        Report.Time($"opening {watchers} watches of single keys", opening.Elapsed);
        Report.Line("  memory", string.Create(CultureInfo.InvariantCulture, $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / watchers,12:n0} bytes per watch"));
        var watch = Stopwatch.StartNew();
        var cpu = Environment.CpuUsage.TotalTime;
        const int Updates = 20_000;
        await Parallel.ForAsync(0, Updates, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, cancellation) =>
            await store.CommitAsync(Transaction.Put(Report.Key(i), new byte[Report.ValueBytes]), cancellation));
        Report.Rate($"put, 64 writers, beside {watchers} idle watches", Updates, watch.Elapsed);
        Report.Line("  processor time per put", string.Create(CultureInfo.InvariantCulture, $"{(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Updates,12:n2} us"));
        foreach (var reader in watches)
        {
            reader.Dispose();
        }

        await Task.WhenAll(reads);
    }
}
