using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Linux.Cgroups;
using Petrel.Node.Agent;
using Petrel.Node.Eviction;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

/// <summary>A whole node: an API server in memory, the agent, the tests' containerd. The agent can be ended and started again.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly ContainerdFixture _containerd;
    private readonly ILoggerFactory _loggers;
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-node-").FullName;
    private CancellationTokenSource _stop = new();
    private Task _agent = Task.CompletedTask;

    private RunningNode(ContainerdFixture containerd, ITestOutputHelper output)
    {
        _containerd = containerd;
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(new TestOutput(output)));
        Options = new NodeOptions
        {
            Name = $"n-{Guid.NewGuid():N}"[..10],
            Addresses = [IPAddress.Parse("10.254.77.1")],
            RootDirectory = Path.Combine(_directory, "root"),
            LogDirectory = Path.Combine(_directory, "logs"),
            LogLinkDirectory = Path.Combine(_directory, "links"),
            CgroupRoot = $"/petrel-test-{Guid.NewGuid():N}",
            ClusterDns = ["10.96.0.10"],
            // How full the tests' machine is must not decide how they end.
            Eviction = new EvictionOptions { Thresholds = [] },
        };
    }

    public ServerFixture Server { get; } = new();

    public IApi Api => Server.Api;

    public NodeOptions Options { get; set; }

    public static async Task<RunningNode> StartAsync(ContainerdFixture containerd, ITestOutputHelper output)
    {
        var node = new RunningNode(containerd, output);
        await node.Server.StartAsync();
        await node.Api.CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, CancellationToken.None);
        node.StartAgent();
        return node;
    }

    public void StartAgent()
    {
        _stop = new CancellationTokenSource();
        var stop = _stop.Token;
        _agent = Task.Run(() => new NodeAgent(Options, Api, _containerd.Runtime, TimeProvider.System, _loggers).RunAsync(stop));
    }

    /// <summary>As a kill would: nothing is tidied up.</summary>
    public async Task StopAgentAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _agent;
        }
        catch (OperationCanceledException)
        {
        }

        _stop.Dispose();
    }

    /// <summary>A pod of this node; the script is that of its one container.</summary>
    public Task<Pod> CreateAsync(string name, string script, Func<PodSpec, PodSpec>? change = null) => CreateAsync(name, change ?? (static spec => spec), Shell("main", script));

    public Task<Pod> CreateAsync(string name, Func<PodSpec, PodSpec> change, params Container[] containers) => Api.CreateAsync(
        new Pod
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = change(new PodSpec
            {
                NodeName = Options.Name,
                AutomountServiceAccountToken = false,
                TerminationGracePeriodSeconds = 2,
                Containers = containers.ToApiList(),
            }),
        },
        CancellationToken.None);

    public static Container Shell(string name, string script) => new()
    {
        Name = name,
        Image = ContainerdFixture.Busybox,
        Command = ["/bin/busybox", "sh", "-c", script],
    };

    public Task<Pod?> FindAsync(string name) => Api.FindAsync<Pod>("default", name, CancellationToken.None);

    /// <summary>Waits until the pod is so; fails with its status and events.</summary>
    public async Task<Pod> UntilAsync(string name, Func<Pod, bool> holds)
    {
        Pod? last = null;
        try
        {
            await Conditions.UntilAsync(async () =>
            {
                _ = _agent.IsFaulted ? await Task.FromException<bool>(_agent.Exception!.InnerException!) : false;
                last = await FindAsync(name);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                return last is not null && holds(last);
            });
        }
        catch (Xunit.Sdk.XunitException e)
        {
            var events = string.Join('\n', (await EventsAsync(name)).Select(each => $"{each.Type} {each.Reason} {each.Message}"));
            throw new Xunit.Sdk.XunitException($"{e.Message}\n{(last is null ? "no pod" : System.Text.Encoding.UTF8.GetString(Petrel.Api.Json.JsonEncoding.Encode(last.Status)))}\n{events}");
        }

        return last!;
    }

    public Task UntilGoneAsync(string name) => Conditions.UntilAsync(async () => await FindAsync(name) is null);

    public Task DeleteAsync(string name, long? grace = null) =>
        Api.DeleteAsync<Pod>("default", name, new DeleteOptions { GracePeriodSeconds = grace }, CancellationToken.None);

    public async Task<IReadOnlyList<Event>> EventsAsync(string pod) =>
        [.. (await Api.ListAsync<Event>("default", new ListOptions(), CancellationToken.None)).Items.Where(each => each.InvolvedObject.Name == pod)];

    public Task UntilEventAsync(string pod, string reason, string message) =>
        Conditions.UntilAsync(async () => (await EventsAsync(pod)).Any(each => each.Reason == reason && each.Message.Contains(message, StringComparison.Ordinal)));

    public string LogOf(Pod pod, string container, int attempt) =>
        File.ReadAllText(Path.Combine(Options.LogDirectory, $"default_{pod.Metadata.Name}_{pod.Metadata.Uid}", container, $"{attempt}.log"));

    public async ValueTask DisposeAsync()
    {
        foreach (var pod in (await Api.ListAsync<Pod>("default", new ListOptions(), CancellationToken.None)).Items)
        {
            await DeleteAsync(pod.Metadata.Name, 0);
        }

        await Conditions.UntilAsync(async () => !(await _containerd.Runtime.Sandboxes.ListAsync()).Any());
        await StopAgentAsync();
        _loggers.Dispose();
        await Server.DisposeAsync();
        var cgroups = CgroupTree.Detect();
        await Conditions.UntilAsync(() => Task.FromResult(cgroups.TryRemove(Options.CgroupRoot)));
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class TestOutput(ITestOutputHelper output) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            output.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
