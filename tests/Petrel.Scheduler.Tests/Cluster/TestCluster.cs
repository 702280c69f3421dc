using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Controllers.Tests.Cluster;
using Petrel.Scheduler.Framework;
using Petrel.Storage.Backends.Embedded;
using Xunit;

namespace Petrel.Scheduler.Tests.Cluster;

/// <summary>
/// A real API server in this process with a scheduler that may do no more than upstream's bootstrap role allows. Tests make
/// nodes and pods as objects; nothing runs on them.
/// </summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private static readonly Lazy<PkiFolder> Pki = new(static () => PkiFolder.Open(Path.Combine(Directory.CreateTempSubdirectory("petrel-pki-").FullName, "pki"), TimeProvider.System));

    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();
    private readonly ServerSecurity _security;
    private readonly ApiServer.ApiServer _server;
    private readonly FailureLog _failures = new();
    private CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private TestCluster()
    {
        _security = new ServerSecurity(Pki.Value, _store, new SecurityOptions(), TimeProvider.System, NullLogger<ServerSecurity>.Instance);
        _server = new ApiServer.ApiServer(new ApiServerOptions(), _store, _security, TimeProvider.System, NullLoggerFactory.Instance);
        Api = _server.As(Components.ApiServer, "test");
    }

    /// <summary>The API for one who may do everything.</summary>
    public IApi Api { get; }

    /// <summary>Stands between scheduler and server when set before the scheduler starts.</summary>
    public Func<IApi, IApi> Between { get; init; } = static api => api;

    public static async Task<TestCluster> StartAsync(Func<IApi, IApi>? between = null, Func<PluginServices, IReadOnlyList<ProfileEntry>>? plugins = null, bool withScheduler = true)
    {
        var cluster = new TestCluster { Between = between ?? (static api => api) };
        await cluster._security.StartAsync(CancellationToken.None);
        await new SystemNamespaces().RunAsync(cluster.Api, CancellationToken.None);
        await new SystemPriorityClasses().RunAsync(cluster.Api, CancellationToken.None);
        await new BootstrapPolicy().RunAsync(cluster.Api, CancellationToken.None);
        await cluster.Api.CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, CancellationToken.None);
        if (withScheduler)
        {
            cluster.StartScheduler(plugins);
        }

        return cluster;
    }

    public void StartScheduler(Func<PluginServices, IReadOnlyList<ProfileEntry>>? plugins = null)
    {
        _stop = new CancellationTokenSource();
        var api = Between(_server.As(Components.Scheduler with { Groups = [SystemIdentities.AuthenticatedGroup] }, "kube-scheduler"));
        _running = new Scheduler(new SchedulerOptions(), api, TimeProvider.System, _failures, plugins ?? DefaultProfile.Plugins).RunAsync(_stop.Token);
    }

    public async Task StopSchedulerAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
        _running = Task.CompletedTask;
    }

    /// <summary>Adds a node and waits until the scheduler knows it as it is.</summary>
    /// <param name="taint">Key of its one taint.</param>
    public async Task AddNodeAsync(string name, string cpu = "4", string pods = "110", string? taint = null, params (string Key, string Value)[] labels)
    {
        var node = new Node
        {
            Metadata = new() { Name = name, Labels = ApiMap.FromPairs([("kubernetes.io/hostname", name), .. labels]) },
            Status = new() { Allocatable = ApiMap.FromPairs(("cpu", Quantity.Parse(cpu)), ("memory", Quantity.Parse("16Gi")), ("pods", Quantity.Parse(pods))) },
        };
        await Api.CreateAsync(node, CancellationToken.None);

        // Every node begins as not ready; tests play the controller that finds it ready.
        await PatchAsync<Node>(null, name, taint is null ? """{"spec":{"taints":[]}}""" : $$$"""{"spec":{"taints":[{"key":"{{{taint}}}","effect":"NoSchedule"}]}}""");
        await ProbeAsync(name, taint);
    }

    /// <summary>A pod that only this node takes, and only as it is meant to be.</summary>
    private async Task ProbeAsync(string node, string? taint)
    {
        var name = "probe-" + node;
        await AddPodAsync(name, with: pod => pod with
        {
            Spec = pod.Spec with
            {
                Tolerations = taint is null ? [] : [new() { Key = taint, Operator = "Exists" }],
                Affinity = new()
                {
                    NodeAffinity = new()
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchFields = [new() { Key = "metadata.name", Operator = "In", Values = [node] }] }] },
                    },
                },
            },
        });
        await NodeOfAsync(name);
        await DeletePodAsync(name);
    }

    public Task<Pod> AddPodAsync(string name, string cpu = "0", Func<Pod, Pod>? with = null)
    {
        var pod = new Pod
        {
            Metadata = new() { Name = name, Namespace = "default", Labels = ApiMap.FromPairs(("app", name)) },
            Spec = new()
            {
                Containers = [new Container { Name = "c", Image = "i", Resources = new() { Requests = ApiMap.FromPairs(("cpu", Quantity.Parse(cpu))) } }],
                TerminationGracePeriodSeconds = 0,
            },
        };
        return Api.CreateAsync((with ?? (static pod => pod))(pod), CancellationToken.None);
    }

    public Task DeletePodAsync(string name) => Api.DeleteAsync<Pod>("default", name, new() { GracePeriodSeconds = 0 }, CancellationToken.None);

    /// <summary>Waits until the pod has a node, and returns its name.</summary>
    public async Task<string> NodeOfAsync(string pod) => (await UntilPodAsync(pod, static pod => pod.Spec.NodeName.Length > 0)).Spec.NodeName;

    /// <summary>Waits until the scheduler has said why the pod has no node, and returns what it said.</summary>
    public async Task<string> RefusalOfAsync(string pod, string containing = "") =>
        (await UntilPodAsync(pod, pod => Scheduled(pod) is { Status: "False", Reason: "Unschedulable" } condition && condition.Message.Contains(containing, StringComparison.Ordinal))).Status.Conditions
        .Single(static condition => condition.Type == "PodScheduled").Message;

    public static PodCondition? Scheduled(Pod pod) => pod.Status.Conditions.SingleOrDefault(static condition => condition.Type == "PodScheduled");

    public Task<Pod> UntilPodAsync(string name, Func<Pod, bool> condition) => UntilAsync("default", name, condition);

    public async Task<T> UntilAsync<T>(string? @namespace, string name, Func<T, bool> condition) where T : ApiObject, IResource<T>, IApiType<T>
    {
        T? last = null;
        await UntilAsync(async () => (last = await Api.FindAsync<T>(@namespace, name, CancellationToken.None)) is not null && condition(last), () => $"{T.Info.Kind} {name} last seen as {last}");
        return last!;
    }

    public Task UntilGoneAsync(string pod) => UntilAsync(async () => await Api.FindAsync<Pod>("default", pod, CancellationToken.None) is null, () => $"pod {pod} is still there");

    /// <summary>Waits for an event about the pod with the reason.</summary>
    public async Task<Event> EventAsync(string pod, string reason)
    {
        Event? found = null;
        await UntilAsync(
            async () =>
            {
                var list = await Api.ListAsync<Event>("default", new ListOptions { FieldSelector = $"involvedObject.name={pod},reason={reason}" }, CancellationToken.None);
                found = list.Items.Count > 0 ? list.Items[0] : null;
                return found is not null;
            },
            () => $"no event {reason} about {pod}");
        return found!;
    }

    public async Task UntilAsync(Func<Task<bool>> condition, Func<string> what)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.False(_running.IsFaulted, $"the scheduler ended: {_running.Exception}");
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(60), $"{what()}\n{string.Join('\n', _failures.Lines)}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, CancellationToken.None);
        }
    }

    public Task<T> PatchAsync<T>(string? @namespace, string name, string json, string? subresource = null) where T : ApiObject, IResource<T>, IApiType<T> =>
        Api.PatchAsync<T>(@namespace, name, PatchBody.Strategic(json), subresource, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await StopSchedulerAsync();
        await _security.DisposeAsync();
        await _store.DisposeAsync();
    }
}
