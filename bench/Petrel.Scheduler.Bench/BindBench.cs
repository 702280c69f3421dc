using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.ApiServer;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Scheduler.Bench;

/// <summary>Pods that wait when the scheduler starts, until all have their nodes.</summary>
internal static class BindBench
{
    public static async Task RunAsync(string what, int nodes, int pods, Func<Pod, Pod> with)
    {
        var folder = Directory.CreateTempSubdirectory("petrel-scheduler-bench-");
        try
        {
            await using var store = EmbeddedStore.OpenInMemory();
            using var pki = PkiFolder.Open(Path.Combine(folder.FullName, "pki"), TimeProvider.System);
            await using var security = new ServerSecurity(pki, store, new SecurityOptions(), TimeProvider.System, NullLogger<ServerSecurity>.Instance);
            await security.StartAsync(CancellationToken.None);
            var api = new ApiServer.ApiServer(new ApiServerOptions(), store, security, TimeProvider.System, NullLoggerFactory.Instance).As(Components.ApiServer, "bench");
            await CycleBench.RunAsync(what, api, nodes, pods, with);
            await FillAsync(api, nodes, pods, with);
            var (wall, cpu) = await MeasureAsync(api, pods);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {pods} pods on {nodes} nodes in {wall.TotalSeconds:0.00} s, {pods / wall.TotalSeconds:0} pods/s, {cpu.TotalMicroseconds / pods:0} µs of CPU per pod with API server and events"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(IApi api, int nodes, int pods, Func<Pod, Pod> with)
    {
        await api.CreateAsync(new Namespace { Metadata = new() { Name = "default" } }, CancellationToken.None);
        await api.CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, CancellationToken.None);
        for (var i = 0; i < nodes; i++)
        {
            var node = await api.CreateAsync(Workloads.Node(i), CancellationToken.None);
            await api.UpdateAsync(node with { Spec = node.Spec with { Taints = default } }, CancellationToken.None);
        }

        for (var i = 0; i < pods; i++)
        {
            await api.CreateAsync(with(Workloads.Pod(i)), CancellationToken.None);
        }
    }

    private static async Task<(TimeSpan Wall, TimeSpan Cpu)> MeasureAsync(IApi api, int pods)
    {
        await using var informers = new InformerFactory(api, TimeProvider.System, NullLogger<InformerFactory>.Instance);
        var (bound, all) = (0, new TaskCompletionSource());
        informers.For<Pod>().Subscribe(change =>
        {
            if (change is { Old.Spec.NodeName.Length: 0, New.Spec.NodeName.Length: > 0 } && ++bound == pods)
            {
                all.SetResult();
            }
        });
        informers.Start();
        await informers.WaitForSyncAsync(CancellationToken.None);

        using var stop = new CancellationTokenSource();
        using var process = Process.GetCurrentProcess();
        var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
        var running = new Scheduler(new SchedulerOptions(), api, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop.Token);
        await all.Task;
        clock.Stop();
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        await stop.CancelAsync();
        await running;
        return (clock.Elapsed, cpu);
    }
}
