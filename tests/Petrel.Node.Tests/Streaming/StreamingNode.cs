using Petrel.Linux.Inotify;
using Petrel.Node.Logs;
using Petrel.Node.Streaming;
using Petrel.Streams.Tests;
using Petrel.Streams.Upgrades;

namespace Petrel.Node.Tests.Streaming;

/// <summary>A pod in a real containerd, the node's endpoints before it, and an API server before those, all with TLS.</summary>
internal sealed class StreamingNode : IAsyncDisposable
{
    private readonly DirectoryWatcher _watcher;

    private StreamingNode(TestPod pod, RuntimeTargets targets, DirectoryWatcher watcher, TestServer node, TestServer api)
    {
        Pod = pod;
        Targets = targets;
        _watcher = watcher;
        Node = node;
        Api = api;
    }

    public TestPod Pod { get; }

    public RuntimeTargets Targets { get; }

    public TestServer Node { get; }

    public TestServer Api { get; }

    public static async Task<StreamingNode> StartAsync(ContainerdFixture containerd, string script)
    {
        var pod = await containerd.Pod($"stream-{Guid.NewGuid():N}"[..20]).RunAsync(script);
        var targets = new RuntimeTargets(containerd.Runtime, pod);
        var watcher = new DirectoryWatcher();
        var node = await TestServer.StartAsync(
            app =>
            {
                app.MapStreaming(targets, new UpgradeOptions());
                app.MapContainerLogs(targets, new ContainerLogReader(watcher), TimeProvider.System);
            },
            tls: true);
        var api = await TestServer.StartAsync(new ApiStandIn(node.Address).ServeAsync, tls: true);
        return new StreamingNode(pod, targets, watcher, node, api);
    }

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        await Node.DisposeAsync();
        _watcher.Dispose();
        await Pod.RemoveAsync();
    }
}
