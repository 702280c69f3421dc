using System.Diagnostics;

namespace Petrel.ApiServer.Bench;

/// <summary>Requests that a number of clients made, each one after the other.</summary>
internal sealed record Measurement(string Name, int Clients, int Requests, TimeSpan Time, TimeSpan Median, TimeSpan Percentile99, TimeSpan ServerProcessorTime)
{
    public double PerSecond => Requests / Time.TotalSeconds;

    public double ServerMicrosecondsEach => ServerProcessorTime.TotalMicroseconds / Requests;

    /// <summary>Lets the clients make requests for as long as <paramref name="duration"/>.</summary>
    /// <param name="request">Makes the n-th request of a client.</param>
    public static async Task<Measurement> OfAsync(string name, Server server, IReadOnlyList<Connection> clients, TimeSpan duration, Func<Connection, int, int, Task> request)
    {
        var processor = server.ProcessorTime;
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(clients.Select((connection, client) => Task.Run(async () =>
        {
            var own = new List<TimeSpan>();
            for (var number = 0; Stopwatch.GetElapsedTime(started) < duration; number++)
            {
                var before = Stopwatch.GetTimestamp();
                await request(connection, client, number);
                own.Add(Stopwatch.GetElapsedTime(before));
            }

            return own;
        })));
        var time = Stopwatch.GetElapsedTime(started);
        var all = times.SelectMany(own => own).Order().ToList();
        return new Measurement(name, clients.Count, all.Count, time, all[all.Count / 2], all[all.Count * 99 / 100], server.ProcessorTime - processor);
    }
}
