using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Pki;
using Petrel.Linux.Inotify;
using Petrel.Node.Logs;
using Petrel.Node.Serving;
using Petrel.Node.Streaming;
using Xunit;

namespace Petrel.Node.Tests.Serving;

public sealed class NodeServerTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-node-").FullName;
    private readonly DirectoryWatcher _watcher = new();
    private readonly Reviews _reviews = new();
    private readonly PkiFolder _pki;
    private readonly X509Certificate2 _certificate;
    private readonly NodeServer _server;

    public NodeServerTests()
    {
        _pki = PkiFolder.Open(Path.Combine(_directory, "pki"), TimeProvider.System);
        _certificate = _pki.Authority.IssueNodeServer("n1", new CertificateNames(["n1"], [IPAddress.Loopback])).Load();
        var nothing = new Nothing();
        _server = new NodeServer(
            new NodeServerOptions { Name = "n1", Address = IPAddress.Loopback, Port = 0, Certificate = () => _certificate, ClientAuthorities = _pki.Authority.Roots },
            _reviews,
            nothing,
            nothing,
            nothing,
            new ContainerLogReader(_watcher),
            TimeProvider.System,
            NullLoggerFactory.Instance);
    }

    public Task InitializeAsync() => _server.StartAsync(CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate.Dispose();
        _pki.Dispose();
        _watcher.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Nobody_gets_in_without_credentials_that_the_cluster_knows()
    {
        using var anonymous = Client();
        Assert.Equal((401, "Unauthorized"), await GetAsync(anonymous, "/pods"));
        using var badToken = Client("wrong");
        Assert.Equal((401, "Unauthorized"), await GetAsync(badToken, "/pods"));

        using var stranger = PkiFolder.Open(Path.Combine(_directory, "other"), TimeProvider.System);
        using var foreign = Client(certificate: stranger.Authority.IssueKubeletClient());
        Assert.Equal((401, "Unauthorized"), await GetAsync(foreign, "/pods"));
        using var server = Client(certificate: _pki.Authority.IssueNodeServer("n1", new CertificateNames(["n1"], [])));
        Assert.Equal((401, "Unauthorized"), await GetAsync(server, "/pods"));
    }

    [Theory]
    [InlineData("GET", "/metrics", "get", "metrics")]
    [InlineData("GET", "/stats/summary", "get", "stats")]
    [InlineData("GET", "/pods", "get", "pods proxy")]
    [InlineData("GET", "/healthz", "get", "healthz proxy")]
    [InlineData("GET", "/containerLogs/ns/p/c", "get", "proxy")]
    [InlineData("POST", "/exec/ns/p/c", "create", "proxy")]
    public async Task What_a_user_needs_for_a_path_is_asked_of_the_api_server(string method, string path, string verb, string subresources)
    {
        using var client = Client("token-of-eve");
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        Assert.Equal(
            (HttpStatusCode.Forbidden, $"Forbidden (user=eve, verb={verb}, resource=nodes, subresource(s)=[{subresources}])\n"),
            (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
        Assert.Equal(subresources.Split(' ').Select(each => $"eve {verb} n1 {each}"), _reviews.Asked);
    }

    [Fact]
    public async Task Who_is_allowed_is_served_and_asked_about_once()
    {
        _reviews.Allow("kube-apiserver-kubelet-client", "proxy");
        using var client = Client(certificate: _pki.Authority.IssueKubeletClient());
        Assert.Equal((200, "ok"), await GetAsync(client, "/healthz"));
        Assert.Equal((200, "ok"), await GetAsync(client, "/healthz"));
        Assert.Equal(2, _reviews.Asked.Count);

        var (status, pods) = await GetAsync(client, "/pods");
        Assert.Equal(200, status);
        using var list = JsonDocument.Parse(pods);
        Assert.Equal("PodList", list.RootElement.GetProperty("kind").GetString());
        Assert.Equal(["a", "b"], list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("metadata").GetProperty("name").GetString()!));

        Assert.Equal((404, "no such container"), await GetAsync(client, "/containerLogs/ns/p/c"));
        Assert.Equal((501, "run is not served: use exec\n"), await GetAsync(client, "/run/ns/p/c?cmd=ls"));
        Assert.Equal(404, (await GetAsync(client, "/nowhere")).Status);
    }

    [Fact]
    public async Task Metrics_are_prometheus_text()
    {
        _reviews.Allow("eve", "metrics");
        using var client = Client("token-of-eve");
        var (status, text) = await GetAsync(client, "/metrics");
        Assert.Equal(200, status);
        Assert.Contains("\nkubelet_node_name{node=\"n1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("\nkubelet_active_pods 2\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_api_server_nobody_is_believed()
    {
        _reviews.IsDown = true;
        using var token = Client("token-of-eve");
        Assert.Equal(401, (await GetAsync(token, "/pods")).Status);
        using var certificate = Client(certificate: _pki.Authority.IssueKubeletClient());
        Assert.Equal(
            (500, "Authorization error (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource(s)=[pods proxy])"),
            await GetAsync(certificate, "/pods"));
    }

    private HttpClient Client(string? token = null, IssuedCertificate? certificate = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, shown, _, _) => _certificate.Equals(shown);
        if (certificate is not null)
        {
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate.Load();
        }

        var client = new HttpClient(handler) { BaseAddress = new Uri($"https://127.0.0.1:{_server.Port}") };
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<(int Status, string Text)> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>A node with two pods and no containers.</summary>
    private sealed class Nothing : IStreamingTargets, IContainerLogSource, IPodSource
    {
        public IReadOnlyList<Pod> List() => [.. new[] { "a", "b" }.Select(name => new Pod { Metadata = new ObjectMeta { Name = name } })];

        public Task<ContainerLog> FindAsync(string podNamespace, string pod, string container, bool previous, CancellationToken cancellationToken) =>
            Task.FromResult(ContainerLog.Refused(404, "no such container"));

        public Task<StreamingTarget> ExecAsync(ContainerStreamRequest request, CancellationToken cancellationToken) => Task.FromResult(StreamingTarget.PodDoesNotExist);

        public Task<StreamingTarget> AttachAsync(ContainerStreamRequest request, CancellationToken cancellationToken) => Task.FromResult(StreamingTarget.PodDoesNotExist);

        public Task<StreamingTarget> PortForwardAsync(PortForwardStreamRequest request, CancellationToken cancellationToken) =>
            Task.FromResult(StreamingTarget.PodDoesNotExist);
    }
}
