using System.Buffers.Text;
using System.Diagnostics;

namespace Petrel.ApiServer.Bench;

/// <summary>Many watches of one namespace, one writer: how long after its request begins each watch has a change.</summary>
internal static class WatchBench
{
    /// <summary>An event fits; many connections must not fill the memory.</summary>
    private const int BufferBytes = 16 * 1024;

    private const int Updates = 100;

    private static int _runs;

    /// <param name="updatesPerSecond">Changes that the writer makes.</param>
    public static async Task<(TimeSpan Median, TimeSpan Percentile99)> RunAsync(Server server, Connection writer, int watchers, int updatesPerSecond)
    {
        var name = "watch-bench-" + Requests.Number(++_runs);
        var path = $"/api/v1/namespaces/{name}/configmaps";
        await writer.SendAsync("POST", "/api/v1/namespaces", $"{{\"metadata\":{{\"name\":\"{name}\"}}}}");
        await writer.SendAsync("POST", path, Requests.Body("watched", "0"));
        var watches = new List<Connection>();
        for (var i = 0; i < watchers; i++)
        {
            var watch = await server.ConnectAsync(BufferBytes);
            await watch.StartAsync(path + "?watch=true");
            watches.Add(watch);
        }

        var reading = watches.Select(watch => Task.Run(() => ReadAsync(watch))).ToList();
        for (var i = 0; i < Updates; i++)
        {
            await writer.SendAsync("PUT", path + "/watched", Requests.Body("watched", $"at {Requests.Number(Stopwatch.GetTimestamp())} "));
            await Task.Delay(TimeSpan.FromSeconds(1) / updatesPerSecond, TimeProvider.System, CancellationToken.None);
        }

        var delays = (await Task.WhenAll(reading)).SelectMany(own => own).Order().ToList();
        watches.ForEach(static watch => watch.Dispose());
        return (delays[delays.Count / 2], delays[delays.Count * 99 / 100]);
    }

    private static async Task<List<TimeSpan>> ReadAsync(Connection watch)
    {
        var delays = new List<TimeSpan>();
        while (delays.Count < Updates)
        {
            var read = await watch.ReadAsync();
            if (read.IsEmpty)
            {
                throw new EndOfStreamException("a watch ended");
            }

            Collect(read.Span, delays);
        }

        return delays;
    }

    // The moment stands near the front of every event, so that one is all but never split between reads.
    private static void Collect(ReadOnlySpan<byte> text, List<TimeSpan> delays)
    {
        const int Mark = 12;
        while (text.IndexOf("\"state\":\"at "u8) is var at and >= 0)
        {
            text = text[(at + Mark)..];
            if (Utf8Parser.TryParse(text, out long sent, out _))
            {
                delays.Add(Stopwatch.GetElapsedTime(sent));
            }
        }
    }
}
