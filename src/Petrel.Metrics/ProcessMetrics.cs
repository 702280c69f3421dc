using System.Diagnostics;
using System.Globalization;

namespace Petrel.Metrics;

/// <summary>What every process shows of itself, under the names that Prometheus' own clients use.</summary>
public static class ProcessMetrics
{
    public static void AddTo(MetricRegistry registry)
    {
        var started = StartTime();
        registry.Read("process_cpu_seconds_total", "counter", "Processor time used, in seconds.", static () => Environment.CpuUsage.TotalTime.TotalSeconds);
        registry.Read("process_resident_memory_bytes", "gauge", "Memory that is resident, in bytes.", static () => StatusBytes("VmRSS:"));
        registry.Read("process_virtual_memory_bytes", "gauge", "Address space, in bytes.", static () => StatusBytes("VmSize:"));
        registry.Read("process_start_time_seconds", "gauge", "When the process started, in seconds since 1970.", () => started);
        registry.Read("process_open_fds", "gauge", "Open file descriptors.", static () => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        registry.Read("process_max_fds", "gauge", "File descriptors that may be open.", static () => MaxFileDescriptors());
        registry.Read("dotnet_gc_heap_bytes", "gauge", "Managed heap after the last collection, in bytes.", static () => GC.GetGCMemoryInfo().HeapSizeBytes);
        registry.Read("dotnet_gc_allocated_bytes_total", "counter", "Managed memory allocated, in bytes.", static () => GC.GetTotalAllocatedBytes());
        registry.Read("dotnet_gc_pause_seconds_total", "counter", "Time for which collections stopped the process, in seconds.", static () => GC.GetTotalPauseDuration().TotalSeconds);
        registry.Read("dotnet_thread_pool_threads", "gauge", "Threads of the pool.", static () => ThreadPool.ThreadCount);
    }

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime.ToUniversalTime()).ToUnixTimeMilliseconds() / 1000.0;
    }

    private static double StatusBytes(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * 1024;
    }

    private static double MaxFileDescriptors()
    {
        const string Name = "Max open files";
        var line = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(Name, StringComparison.Ordinal));
        var limit = line[Name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return limit == "unlimited" ? double.PositiveInfinity : double.Parse(limit, CultureInfo.InvariantCulture);
    }
}
