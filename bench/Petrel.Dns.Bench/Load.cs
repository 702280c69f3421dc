using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Bench;

/// <summary>Asks as fast as the answers come, and keeps the time of each.</summary>
internal static class Load
{
    public static async Task<LoadResult> RunAsync(IPEndPoint server, int clients, TimeSpan duration, int services, RecordType type)
    {
        byte[][] queries = [.. Enumerable.Range(0, services).Select(i => Query(i, type))];
        List<double>[] times = [.. Enumerable.Range(0, clients).Select(_ => new List<double>(1 << 20))];
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(times.Select((own, i) => Task.Run(() => AskAsync(server, queries, i, start, duration, own))));
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return new LoadResult([.. times.SelectMany(list => list).Order()], elapsed, allocated);
    }

    private static async Task AskAsync(
        IPEndPoint server, byte[][] queries, int offset, long start, TimeSpan duration, List<double> microseconds)
    {
        using Socket socket = new(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server);
        byte[] reply = new byte[512];
        for (int i = offset * 101; Stopwatch.GetElapsedTime(start) < duration; i++)
        {
            long asked = Stopwatch.GetTimestamp();
            await socket.SendAsync(queries[i % queries.Length], SocketFlags.None);
            await socket.ReceiveAsync(reply, SocketFlags.None);
            microseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMicroseconds);
        }
    }

    private static byte[] Query(int service, RecordType type)
    {
        DnsQuestion question = new(DnsName.Parse($"service-{service}.default.svc.cluster.local"), type);
        byte[] buffer = new byte[WireLimits.UdpBytesDefault];
        DnsMessage message = new((ushort)service, new MessageFlags { RecursionDesired = true }, question, default, new Edns(1232));
        return buffer[..MessageEncoder.Encode(message, buffer)];
    }
}
