using System.Diagnostics;

namespace Petrel.ApiServer.Bench;

/// <summary>How memory and the times of requests grow with the number of objects.</summary>
internal static class GrowthBench
{
    public static readonly IReadOnlyList<int> QuickSteps = [1_000, 10_000, 100_000];

    public static readonly IReadOnlyList<int> LongSteps = [1_000, 10_000, 100_000, 1_000_000];

    private const int Clients = 16;
    private const int Samples = 200;
    private const string Collection = "/api/v1/namespaces/default/configmaps";

    // The server gives memory of the writes back in its own time.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    public static async IAsyncEnumerable<GrowthStep> RunAsync(Server server, IReadOnlyList<int> steps)
    {
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => server.ConnectAsync()));
        var before = server.ResidentMegabytes;
        var made = 0;
        foreach (var objects in steps)
        {
            var first = made;
            await Task.WhenAll(clients.Select((connection, client) => Task.Run(async () =>
            {
                for (var number = first + client; number < objects; number += Clients)
                {
                    await connection.SendAsync("POST", Collection, Requests.Body(Name(number), "created"));
                }
            })));
            made = objects;
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
            var bytesEach = (server.ResidentMegabytes - before) * 1024 * 1024 / objects;
            var stored = await clients[0].SendAsync("GET", $"{Collection}/{Name(0)}");
            var random = new Random(1);
            yield return new GrowthStep(
                objects,
                bytesEach,
                stored,
                await MedianAsync(() => clients[0].SendAsync("GET", $"{Collection}/{Name(random.Next(objects))}")),
                await MedianAsync(() => clients[0].SendAsync("GET", Collection + "?limit=500")),
                await MedianAsync(() => UpdateAsync(clients[0], Name(random.Next(objects)))));
        }

        foreach (var client in clients)
        {
            client.Dispose();
        }
    }

    private static Task<long> UpdateAsync(Connection connection, string name) =>
        connection.SendAsync("PUT", $"{Collection}/{name}", Requests.Body(name, "updated"));

    private static string Name(int number) => "grown-" + Requests.Number(number);

    private static async Task<TimeSpan> MedianAsync(Func<Task> request)
    {
        var times = new List<TimeSpan>();
        for (var sample = 0; sample < Samples; sample++)
        {
            var started = Stopwatch.GetTimestamp();
            await request();
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        times.Sort();
        return times[Samples / 2];
    }
}
