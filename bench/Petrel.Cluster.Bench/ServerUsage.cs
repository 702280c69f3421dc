using System.Diagnostics;
using System.Globalization;

namespace Petrel.Cluster.Bench;

/// <summary>What a cluster's server process uses, by /proc (proc_pid_stat(5)).</summary>
internal sealed class ServerUsage(int id)
{
    /// <summary>The server that <c>petrel up</c> started for a data directory.</summary>
    public static ServerUsage Of(string dataDirectory) =>
        new(int.Parse(File.ReadAllText(Path.Combine(dataDirectory, "server.process")).Split(' ')[0], CultureInfo.InvariantCulture));

    public TimeSpan ProcessorTime()
    {
        using var process = Process.GetProcessById(id);
        return process.TotalProcessorTime;
    }

    public long ResidentBytes()
    {
        using var process = Process.GetProcessById(id);
        return process.WorkingSet64;
    }

    public void Kill()
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }
}
