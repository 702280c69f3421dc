using System.Globalization;
using Petrel.ApiServer.Bench;

// Usage: Petrel.ApiServer.Bench PROGRAM RESULTS REVISION [--long] [seconds [part...]]: measures the API server of the
// petrel program that is given and appends the figures to the file of results. --long goes on to a million objects. With
// parts named (start, create, get, …, lists, watches, idle, growth) only those are measured, and nothing is kept: for profiling. bench/run calls it.
var isLong = args.Contains("--long");
args = [.. args.Where(static argument => argument != "--long")];
if (args.Length < 3)
{
    Console.Error.WriteLine("usage: Petrel.ApiServer.Bench PROGRAM RESULTS REVISION [--long] [seconds per measurement [request...]]");
    return 2;
}

var duration = TimeSpan.FromSeconds(args.Length > 3 ? double.Parse(args[3], CultureInfo.InvariantCulture) : 3);
var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
var only = args.Skip(4).ToArray();
var report = new Report();
bool Wanted(string part) => only.Length == 0 || only.Contains(part);

// 1. Starts, of which the first one reads the files from the disk.
var starts = new List<TimeSpan>();
for (var i = 0; i < 4 && Wanted("start"); i++)
{
    using var started = await Server.StartAsync(args[0]);
    starts.Add(started.StartTime);
}

if (starts.Count > 0)
{
    starts.RemoveAt(0);
    starts.Sort();
    report.Line("ready after", string.Create(CultureInfo.InvariantCulture, $"{starts[1].TotalSeconds:n2} s"), "with a new data directory");
}

// 2. Rates.
using var server = await Server.StartAsync(args[0]);
report.Line("memory when ready", string.Create(CultureInfo.InvariantCulture, $"{server.ResidentMegabytes:n0} MB"));
foreach (var count in (int[])[1, 16])
{
    var clients = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => server.ConnectAsync()));
    foreach (var (name, send) in Requests.All().Where(request => Wanted(request.Name)))
    {
        // What a run creates the later ones of it need, so creates are not warmed up apart.
        if (name != "create")
        {
            await Measurement.OfAsync(name, server, clients, duration / 3, send);
        }

        report.Line(await Measurement.OfAsync(name, server, clients, duration, send));
    }

    foreach (var client in clients)
    {
        client.Dispose();
    }
}

// 3. Lists and watches.
var writers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => server.ConnectAsync()));
if (Wanted("lists"))
{
    await ListBench.FillAsync(writers);
    foreach (var (format, mediaType) in ListBench.Formats)
    {
        var (time, megabytes) = await ListBench.RunAsync(writers[0], mediaType);
        report.Line($"list of {ListBench.Objects:n0} objects, {format}", string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:n1} ms"), string.Create(CultureInfo.InvariantCulture, $"{megabytes:n1} MB"));
    }
}

foreach (var (watchers, updatesPerSecond) in Wanted("watches") ? ((int, int)[])[(1, 50), (200, 50), (1000, 10)] : [])
{
    var (median, last) = await WatchBench.RunAsync(server, writers[0], watchers, updatesPerSecond);
    report.Line(
        string.Create(CultureInfo.InvariantCulture, $"change to {watchers:n0} watch{(watchers == 1 ? "" : "es")}"),
        string.Create(CultureInfo.InvariantCulture, $"p50 {median.TotalMilliseconds:n2} ms"),
        string.Create(CultureInfo.InvariantCulture, $"p99 {last.TotalMilliseconds:n2} ms from the request's beginning, {updatesPerSecond} changes/s"));
}

report.Line("memory after all of it", string.Create(CultureInfo.InvariantCulture, $"{server.ResidentMegabytes:n0} MB"));

// 4. Memory, each in a server of its own: what the others left behind would hide it.
if (Wanted("idle"))
{
    using var idle = await Server.StartAsync(args[0]);
    var (bytesEach, processor) = await IdleWatchBench.RunAsync(idle);
    report.Line(
        string.Create(CultureInfo.InvariantCulture, $"{IdleWatchBench.Watches:n0} idle watches"),
        string.Create(CultureInfo.InvariantCulture, $"{bytesEach / 1024:n1} KB each"),
        string.Create(CultureInfo.InvariantCulture, $"over HTTP/2, a thousand on a connection; {processor:n1} % of a processor while nothing happens"));
}

if (Wanted("growth"))
{
    using var growing = await Server.StartAsync(args[0]);
    await foreach (var step in GrowthBench.RunAsync(growing, isLong ? GrowthBench.LongSteps : GrowthBench.QuickSteps))
    {
        report.Line(
            string.Create(CultureInfo.InvariantCulture, $"with {step.Objects:n0} objects"),
            string.Create(CultureInfo.InvariantCulture, $"{step.BytesEach:n0} bytes each"),
            string.Create(CultureInfo.InvariantCulture, $"{step.StoredBytesEach:n0} of them stored JSON; get p50 {step.Get.TotalMilliseconds:n2} ms, list of 500 p50 {step.List.TotalMilliseconds:n2} ms, update p50 {step.Update.TotalMilliseconds:n2} ms"));
    }
}

if (only.Length == 0)
{
    report.AppendTo(args[1], args[2], load);
}

return 0;
