using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Client.Informers;
using Petrel.Linux.Cgroups;
using Petrel.Linux.Inotify;
using Petrel.Linux.Processes;
using Petrel.Node.Containers;
using Petrel.Node.Eviction;
using Petrel.Node.Hooks;
using Petrel.Node.Images;
using Petrel.Node.Logs;
using Petrel.Node.Objects;
using Petrel.Node.Pods;
using Petrel.Node.Probes;
using Petrel.Node.Runtime;
using Petrel.Node.Serving;
using Petrel.Node.Status;
using Petrel.Node.Streaming;
using Petrel.Node.Volumes;

namespace Petrel.Node.Agent;

/// <summary>
/// A node of the cluster: registers it, keeps its lease and status, and runs the pods that are bound to it in the container
/// runtime. When it ends, however, the pods run on, and the next agent takes them over.
/// </summary>
/// <param name="serving">How the node serves its own API; null serves none, so that logs, exec and port-forward do not reach it.</param>
public sealed class NodeAgent(NodeOptions options, IApi api, ContainerRuntime runtime, TimeProvider time, ILoggerFactory loggers, NodeServerOptions? serving = null)
{
    /// <summary>Runs until cancelled.</summary>
    /// <exception cref="NodeOptionsException">The options ask for what a node cannot do.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        options.Check();
        await new NodeRegistration(api, options, time, loggers.CreateLogger<NodeRegistration>()).RunAsync(cancellationToken);
        await using var informers = new InformerFactory(api, time, loggers.CreateLogger<InformerFactory>());
        await using var recorder = new EventRecorder(api, "kubelet", options.Name, time, loggers.CreateLogger<EventRecorder>());
        var pods = informers.For<Pod>(new InformerOptions { FieldSelector = $"spec.nodeName={options.Name}" });
        var services = informers.For<Service>();
        var nodes = informers.For<Api.Core.Node>(new InformerOptions { FieldSelector = $"metadata.name={options.Name}" });
        informers.Start();
        // Containers are told of services when they start, and pods may ask for labels of the node.
        await services.WaitForSyncAsync(cancellationToken);
        await nodes.WaitForSyncAsync(cancellationToken);

        var events = new PodEvents(recorder);
        await using var objects = new NodeObjects(api, time, loggers);
        using var volumes = new VolumeManager(
            new VolumeOptions { RootDirectory = options.RootDirectory, Allocatable = Allocatable }, objects, time, loggers);
        using var probes = new ProbeManager(new ProbeOptions(), runtime, recorder, time, loggers);
        using var hooks = new LifecycleHooks(runtime, time);
        using var images = new ImagePuller(runtime, new PullCredentials(objects, events), events, time, options.MaxParallelPulls);
        var cgroups = new PodCgroups(CgroupTree.Detect(), options);
        var changes = new PodChangeSource(runtime, new PodChangeOptions(), time, loggers.CreateLogger<PodChangeSource>());
        var shared = new PodServices
        {
            Options = options,
            Api = api,
            Runtime = runtime,
            RuntimeName = (await runtime.Status.VersionAsync(cancellationToken)).RuntimeName,
            Objects = objects,
            Volumes = volumes,
            Probes = probes,
            Hooks = hooks,
            Images = images,
            ContainerStart = new ContainerStart(
                options,
                runtime,
                images,
                new ContainerEnvironment(objects),
                new ContainerMounts(options, runtime, volumes.SubPaths),
                new NodeServices(services),
                hooks,
                events),
            Sandboxes = new PodSandboxes(options, runtime, events),
            Cgroups = cgroups,
            Removal = new PodRemoval(options, runtime, cgroups, volumes),
            StatusWriter = new PodStatusWriter(api),
            Events = events,
            Changes = changes,
            Time = time,
            Logger = loggers.CreateLogger<PodWorker>(),
        };
        // Asked when the first pod comes, which is after everything here is made.
        EvictionManager eviction = null!;
        var workers = new PodWorkers(shared, (pod, others) => eviction.Refusal(pod) ?? Refusal(pod, others, nodes), loggers.CreateLogger<PodWorkers>());
        var live = new LivePods(pods, workers);
        var logs = new PodLogs(live, runtime);
        eviction = new EvictionManager(
            new EvictionNode(options, pods, workers, runtime, CgroupTree.Detect(), new CommandRunner(time), recorder), options.Eviction, time, loggers.CreateLogger<EvictionManager>());
        await RunAllAsync(
            [
                token => new NodeLease(api, options, time, loggers.CreateLogger<NodeLease>()).RunAsync(token),
                token => new NodeStatusReporter(api, runtime, options, () => eviction.Pressure, time, loggers.CreateLogger<NodeStatusReporter>()).RunAsync(token),
                eviction.RunAsync,
                token => workers.RunAsync(pods, changes.RunAsync, token),
                token => new LogRotation(logs, options.LogRotation, time, loggers.CreateLogger<LogRotation>()).RunAsync(token),
                token => new ImageGarbageCollection(options, runtime, time, loggers.CreateLogger<ImageGarbageCollection>()).RunAsync(token),
                token => ServeAsync(workers, live, logs, token),
                token => informers.Failure.WaitAsync(token),
            ],
            cancellationToken);
    }

    private async Task ServeAsync(PodWorkers workers, LivePods pods, PodLogs logs, CancellationToken cancellationToken)
    {
        if (serving is null)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            return;
        }

        // A node that does not know yet what it runs would say of containers that run on that there are none.
        await workers.WaitForFirstLooksAsync(cancellationToken);
        using var watcher = new DirectoryWatcher();
        await using var server = new NodeServer(serving, api, new PodStreams(pods, runtime), logs, pods, new ContainerLogReader(watcher), time, loggers);
        await server.RunAsync(cancellationToken);
    }

    /// <summary>A Node object that was deleted refuses nothing: whoever deleted it has the pods evicted.</summary>
    private (string Reason, string Message)? Refusal(Pod pod, IReadOnlyList<Pod> others, Informer<Api.Core.Node> nodes) =>
        nodes.Cache.Find(null, options.Name) is { } node ? PodAdmission.Refusal(pod, others, node, Allocatable()) : null;

    private ApiMap<Quantity> Allocatable() => NodeResources.Measure(options.RootDirectory, options.MaxPods).Allocatable;

    /// <summary>Runs all parts together: the end of one is the end of all, and its failure the agent's.</summary>
    private static async Task RunAllAsync(IReadOnlyList<Func<CancellationToken, Task>> parts, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = parts.Select(part => Task.Run(() => part(stop.Token), CancellationToken.None)).ToList();
        var first = await Task.WhenAny(running);
        await stop.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }
}
