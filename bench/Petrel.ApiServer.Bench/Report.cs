using System.Globalization;
using System.Text;

namespace Petrel.ApiServer.Bench;

/// <summary>The results as a table, on the screen and at the end of the file of results.</summary>
internal sealed class Report
{
    // A real v1.33 control plane on a machine like this (2 cores), clients included.
    private static readonly Dictionary<string, string> Upstream = new()
    {
        ["ready after"] = "3-5 s",
        ["memory when ready"] = "504 MB with etcd",
        ["create, 1 client"] = "606/s",
        ["get, 1 client"] = "1,316/s",
        ["create, 16 clients"] = "2,150/s",
        ["get, 16 clients"] = "3,550/s",
        ["update, 16 clients"] = "2,470/s",
        ["delete, 16 clients"] = "1,890/s",
        ["list of 10,000 objects, JSON"] = "97 ms for 8,000",
        ["change to 1,000 watches"] = "p99 31 ms",
    };

    private readonly StringBuilder _table = new("| what | Petrel | more | Kubernetes v1.33 |\n|---|---|---|---|\n");

    public void Line(string name, string result, string more = "")
    {
        _table.Append(CultureInfo.InvariantCulture, $"| {name} | {result} | {more} | {Upstream.GetValueOrDefault(name, "")} |\n");
        Console.WriteLine($"{name,-32} {result,14}   {more}");
    }

    public void Line(Measurement measured) => Line(
        $"{measured.Name}, {measured.Clients} client{(measured.Clients == 1 ? "" : "s")}",
        string.Create(CultureInfo.InvariantCulture, $"{measured.PerSecond:n0}/s"),
        string.Create(CultureInfo.InvariantCulture, $"p50 {measured.Median.TotalMilliseconds:n2} ms, p99 {measured.Percentile99.TotalMilliseconds:n2} ms, {measured.ServerMicrosecondsEach:n0} us of processor in the server"));

    /// <param name="load">Processes that wanted to run before the benchmark began, of /proc/loadavg: others disturb the figures.</param>
    public void AppendTo(string path, string revision, string load)
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown processor";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"\n## {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, revision {revision}\n{Environment.ProcessorCount} cores of {processor}; load of the machine before: {load}.\n\n");
        File.AppendAllText(path, head + _table);
    }
}
