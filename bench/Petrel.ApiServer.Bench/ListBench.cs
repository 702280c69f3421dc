using System.Diagnostics;

namespace Petrel.ApiServer.Bench;

/// <summary>Lists of 10,000 config maps, one after the other, in JSON and in protobuf.</summary>
internal static class ListBench
{
    public const int Objects = 10_000;

    private const int Rounds = 20;
    private const string Namespace = "list-bench";

    public static readonly IReadOnlyList<(string Name, string MediaType)> Formats = [("JSON", "application/json"), ("protobuf", "application/vnd.kubernetes.protobuf")];

    /// <summary>Makes the objects.</summary>
    public static async Task FillAsync(IReadOnlyList<Connection> clients)
    {
        await clients[0].SendAsync("POST", "/api/v1/namespaces", $"{{\"metadata\":{{\"name\":\"{Namespace}\"}}}}");
        await Task.WhenAll(clients.Select((connection, client) => Task.Run(async () =>
        {
            for (var number = client; number < Objects; number += clients.Count)
            {
                await connection.SendAsync("POST", $"/api/v1/namespaces/{Namespace}/configmaps", Requests.Body("list-" + Requests.Number(number), "created"));
            }
        })));
    }

    public static async Task<(TimeSpan Median, double Megabytes)> RunAsync(Connection client, string mediaType)
    {
        var times = new List<TimeSpan>();
        var bytes = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            bytes = await client.SendAsync("GET", $"/api/v1/namespaces/{Namespace}/configmaps", accept: mediaType);
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        times.Sort();
        return (times[Rounds / 2], bytes / 1e6);
    }
}
