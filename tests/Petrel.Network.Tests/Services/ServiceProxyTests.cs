using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Tests;
using Petrel.Linux.Netlink;
using Petrel.Network.Services;
using Petrel.Network.Tests.Environment;
using Xunit;
using EndpointPort = Petrel.Api.Discovery.EndpointPort;

namespace Petrel.Network.Tests.Services;

/// <summary>From objects in the API to packets between pods.</summary>
public sealed class ServiceProxyTests : IAsyncLifetime, IDisposable
{
    private const string ClusterAddress = "10.96.0.20";

    private static readonly Service Web = new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "web", Uid = "1" },
        Spec = new ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = ClusterAddress,
            ClusterIPs = [ClusterAddress],
            Ports = [new ServicePort { Protocol = "TCP", Port = 80 }],
        },
    };

    private readonly MemoryApi<Service> _services = new();
    private readonly MemoryApi<EndpointSlice> _slices = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TestServer> _servers = [];
    private TestNetwork _network = null!;
    private InformerFactory _informers = null!;
    private NetworkNamespace _client = null!;
    private Task _run = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _network = await TestNetwork.CreateAsync();
        _servers.Add(TestServer.Tcp(await _network.AddPodAsync("10.244.0.11"), 8080, "a"));
        _servers.Add(TestServer.Tcp(await _network.AddPodAsync("10.244.0.12"), 8080, "b"));
        _client = await _network.AddPodAsync("10.244.0.13");
        _informers = new InformerFactory(new TwoKinds(_services, _slices), TimeProvider.System, NullLogger<InformerFactory>.Instance);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _informers.DisposeAsync();
        foreach (TestServer server in _servers)
        {
            await server.DisposeAsync();
        }

        await _network.DisposeAsync();
    }

    public void Dispose() => _stop.Dispose();

    [RootFact]
    public async Task Objects_that_were_there_and_objects_that_change_become_rules()
    {
        _services.Put(Web);
        _slices.Put(Slice("web-1", "web", "10.244.0.11"));
        await StartAsync();
        Assert.Equal("a 10.244.0.13", await AskAsync());

        _slices.Put(Slice("web-1", "web", "10.244.0.12"));
        await UntilAsync("b 10.244.0.13");

        _slices.Put(Slice("web-1", "other", "10.244.0.12"));
        await UntilAsync(TestClient.Refused);

        _slices.Put(Slice("web-2", "web", "10.244.0.11"));
        await UntilAsync("a 10.244.0.13");

        _services.Remove(Web);
        await UntilAsync(TestClient.Silent);
    }

    [RootFact]
    public async Task A_slice_that_comes_before_its_service_is_used_once_the_service_is_there()
    {
        await StartAsync();
        _slices.Put(Slice("web-1", "web", "10.244.0.11"));
        _services.Put(Web);

        await UntilAsync("a 10.244.0.13");
    }

    private static EndpointSlice Slice(string name, string service, string address) => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = "default",
            Name = name,
            Uid = name,
            Labels = ApiMap.FromPairs((ServiceTranslation.ServiceNameLabel, service)),
        },
        AddressType = "IPv4",
        Ports = [new EndpointPort { Protocol = "TCP", Port = 8080 }],
        Endpoints = [new Endpoint { Addresses = [address], NodeName = "node" }],
    };

    private async Task StartAsync()
    {
        var proxy = new ServiceProxy(_informers, TestProxy.Options(_network.Node), TimeProvider.System, NullLogger<ServiceProxy>.Instance);
        _informers.Start();
        _run = proxy.RunAsync(_stop.Token);
        await proxy.FirstSync.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private Task<string> AskAsync() => TestClient.TcpOrSilentAsync(_client, ClusterAddress, 80);

    private async Task UntilAsync(string expected)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await AskAsync() is string answer && answer != expected)
        {
            Assert.False(limit.IsCancellationRequested, $"still {answer} instead of {expected}");
        }
    }

    private sealed class TwoKinds(IApi services, IApi slices) : IApi
    {
        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
            For(request).SendAsync(request, cancellationToken);

        public IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) =>
            For(request).WatchAsync(request, cancellationToken);

        private IApi For(ApiRequest request) =>
            request.PathAndQuery.Contains("endpointslices", StringComparison.Ordinal) ? slices : services;
    }
}
