using System.Diagnostics;

namespace Petrel.ApiServer.Bench;

/// <summary>Lists of 8,000 config maps, one after the other.</summary>
internal static class ListBench
{
    public const int Objects = 8_000;

    private const int Rounds = 20;
    private const string Namespace = "list-bench";

    public static async Task<(TimeSpan Median, double Megabytes)> RunAsync(IReadOnlyList<Connection> clients)
    {
        await clients[0].SendAsync("POST", "/api/v1/namespaces", $"{{\"metadata\":{{\"name\":\"{Namespace}\"}}}}");
        await Task.WhenAll(clients.Select((connection, client) => Task.Run(async () =>
        {
            for (var number = client; number < Objects; number += clients.Count)
            {
                await connection.SendAsync("POST", $"/api/v1/namespaces/{Namespace}/configmaps", Requests.Body("list-" + Requests.Number(number), "created"));
            }
        })));
        var times = new List<TimeSpan>();
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            bytes = await clients[0].SendAsync("GET", $"/api/v1/namespaces/{Namespace}/configmaps");
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        times.Sort();
        return (times[Rounds / 2], bytes / 1e6);
    }
}
