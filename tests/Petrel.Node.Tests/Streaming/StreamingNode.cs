using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Linux.Inotify;
using Petrel.Node.Logs;
using Petrel.Node.Serving;
using Petrel.Storage.Backends.Embedded;
using NodeObject = Petrel.Api.Core.Node;

namespace Petrel.Node.Tests.Streaming;

/// <summary>A pod in a real containerd, the node's own API before it, and a whole API server before that, as kubectl meets them.</summary>
internal sealed class StreamingNode : IAsyncDisposable
{
    public const string Token = "secret";

    private const string NodeName = "node";

    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-streaming-").FullName;
    private readonly DirectoryWatcher _watcher = new();
    private readonly EmbeddedStore _store = EmbeddedStore.OpenInMemory();
    private readonly PkiFolder _pki;
    private readonly ServerSecurity _security;
    private readonly ApiServer.ApiServer _server;
    private readonly NodeServer _node;
    private HttpsHost? _host;

    private StreamingNode(ContainerdFixture containerd, TestPod pod)
    {
        Pod = pod;
        Targets = new RuntimeTargets(containerd.Runtime, pod);
        File.WriteAllText(Path.Combine(_directory, "tokens"), $"{Token},admin,1,\"system:masters\"\n");
        _pki = PkiFolder.Open(Path.Combine(_directory, "pki"), TimeProvider.System);
        _security = new ServerSecurity(
            _pki, _store, new SecurityOptions { TokenFile = Path.Combine(_directory, "tokens") }, TimeProvider.System, NullLogger<ServerSecurity>.Instance);
        _server = new ApiServer.ApiServer(ServerOptions, _store, _security, TimeProvider.System, NullLoggerFactory.Instance);
        Certificate = _pki.Authority.IssueNodeServer(NodeName, new CertificateNames([NodeName], [IPAddress.Loopback])).Load();
        ClientCertificate = _pki.Authority.IssueKubeletClient().Load();
        _node = new NodeServer(
            new NodeServerOptions { Name = NodeName, Address = IPAddress.Loopback, Port = 0, Certificate = () => Certificate, ClientAuthorities = _pki.Authority.Roots },
            _server.As(Components.Node(NodeName), "kubelet"),
            Targets,
            Targets,
            Targets,
            new ContainerLogReader(_watcher),
            TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    public TestPod Pod { get; }

    public RuntimeTargets Targets { get; }

    /// <summary>The node's serving certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Opens every door of the node.</summary>
    public X509Certificate2 ClientCertificate { get; }

    public Uri ApiAddress => new($"https://127.0.0.1:{_host!.Port}");

    public Uri NodeWebSocketAddress => new($"wss://127.0.0.1:{_node.Port}");

    private static ApiServerOptions ServerOptions => new() { BindAddress = "127.0.0.1", SecurePort = 0 };

    public static async Task<StreamingNode> StartAsync(ContainerdFixture containerd, string script)
    {
        var node = new StreamingNode(containerd, await containerd.Pod($"stream-{Guid.NewGuid():N}"[..20]).RunAsync(script));
        await node.StartAsync();
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await _node.DisposeAsync();
        await _host!.DisposeAsync();
        await _security.DisposeAsync();
        await _store.DisposeAsync();
        _pki.Dispose();
        _watcher.Dispose();
        Certificate.Dispose();
        ClientCertificate.Dispose();
        Directory.Delete(_directory, recursive: true);
        await Pod.RemoveAsync();
    }

    private async Task StartAsync()
    {
        await _security.StartAsync(CancellationToken.None);
        await _node.StartAsync(CancellationToken.None);
        var names = CertificateNames.ForApiServer("cluster.local", IPAddress.Parse("10.96.0.1"), [], []);
        _host = await HttpsHost.StartAsync(_server, ServerOptions, new ServerTls(_pki.Serving(names), _pki.Authority), NullLoggerFactory.Instance, CancellationToken.None);

        var api = _server.As(Components.ApiServer, "test");
        await new SystemNamespaces().RunAsync(api, CancellationToken.None);
        await api.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "default" } }, CancellationToken.None);
        await api.CreateAsync(NodeObject(), CancellationToken.None);
        var pod = await api.CreateAsync(PodObject(), CancellationToken.None);
        await api.UpdateStatusAsync(pod with { Status = pod.Status with { Phase = "Running" } }, CancellationToken.None);
    }

    private NodeObject NodeObject() => new()
    {
        Metadata = new ObjectMeta { Name = NodeName },
        Status = new NodeStatus
        {
            Addresses = [new NodeAddress { Type = "Hostname", Address = NodeName }, new NodeAddress { Type = "InternalIP", Address = "127.0.0.1" }],
            DaemonEndpoints = new NodeDaemonEndpoints { KubeletEndpoint = new DaemonEndpoint { Port = _node.Port } },
        },
    };

    // The second container exists on paper only.
    private static Pod PodObject() => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = "default",
            Name = "pod",
            Annotations = Petrel.Api.ApiMap.FromPairs(("kubectl.kubernetes.io/default-container", "main")),
        },
        Spec = new PodSpec
        {
            NodeName = NodeName,
            Containers = [new Container { Name = "main", Image = "busybox" }, new Container { Name = "ghost", Image = "busybox" }],
        },
    };
}
