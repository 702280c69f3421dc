using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Client.Informers;
using Petrel.Scheduler.Cycle;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Queue;

namespace Petrel.Scheduler.Bench;

/// <summary>What choosing a node costs by itself, without server, watches and events.</summary>
internal static class CycleBench
{
    public static async Task RunAsync(string what, IApi api, int nodes, int pods, Func<Pod, Pod> with)
    {
        await using var informers = new InformerFactory(api, TimeProvider.System, NullLogger<InformerFactory>.Instance);
        await using var events = new SeriesRecorder(api, "bench", "", TimeProvider.System, NullLogger<SeriesRecorder>.Instance);
        var (options, waiting, nominated) = (new SchedulerOptions(), new WaitingPods(TimeProvider.System), new NominatedPods());
        var profile = new Profile(DefaultProfile.Plugins(new PluginServices(api, informers, events, new NamespaceLabels(), waiting, options, TimeProvider.System)));
        var cycle = new SchedulingCycle(profile, new NodeFilter(profile, nominated), options, new Random(1));
        var (cache, snapshot) = (new NodeCache(), new Snapshot());
        for (var i = 0; i < nodes; i++)
        {
            cache.SetNode(Workloads.Node(i));
        }

        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        for (var i = 0; i < pods; i++)
        {
            var pod = with(Workloads.Pod(i));
            var info = new PodInfo(pod with { Metadata = pod.Metadata with { Uid = pod.Metadata.Name } });
            cache.Update(snapshot);
            cache.Assume(info, cycle.Run(info, snapshot).Node!);
        }

        process.Refresh();
        await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{what}: {(process.TotalProcessorTime - cpu).TotalMicroseconds / pods:0} µs of CPU per pod to choose among {nodes} nodes"));
    }
}
