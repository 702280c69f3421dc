using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Tests;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Kubernetes;

/// <summary>Objects of an API, seen through a server's answers.</summary>
public sealed class ClusterFollowerTests : IAsyncLifetime
{
    private static readonly EndpointConditions NotReady = new() { Ready = false };

    private readonly ThreeKinds _api = new();
    private InformerFactory _informers = null!;
    private DnsServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartEmptyAsync();
        _informers = Informers(_api);
        _api.Namespaces.Put(new Namespace { Metadata = new ObjectMeta { Name = "default" } });
        _api.Services.Put(Service("web", "10.96.0.20"));
        _informers.Start();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _informers.DisposeAsync();
    }

    [Fact]
    public async Task What_existed_is_known_when_following_has_begun()
    {
        Assert.False(_server.IsReady);
        await ClusterFollower.FollowAsync(_informers, _server.Records, CancellationToken.None);
        Assert.True(_server.IsReady);
        Assert.Equal("10.96.0.20", await AnswerAsync("web.default"));
        Assert.Equal("NameError", await AnswerAsync("web.other"));
    }

    [Fact]
    public async Task Changes_are_followed()
    {
        await ClusterFollower.FollowAsync(_informers, _server.Records, CancellationToken.None);
        _api.Services.Put(Service("web", "10.96.0.21"));
        await AnswerBecomesAsync("web.default", "10.96.0.21");
        _api.Services.Remove(Service("web", "10.96.0.21"));
        await AnswerBecomesAsync("web.default", "NameError");

        _api.Namespaces.Put(new Namespace { Metadata = new ObjectMeta { Name = "fresh" } });
        await AnswerBecomesAsync("fresh", "");
        _api.Namespaces.Remove(new Namespace { Metadata = new ObjectMeta { Name = "fresh" } });
        await AnswerBecomesAsync("fresh", "NameError");
    }

    [Fact]
    public async Task Endpoints_come_become_unready_and_go()
    {
        await ClusterFollower.FollowAsync(_informers, _server.Records, CancellationToken.None);
        _api.Services.Put(Service("db", "None"));
        _api.Slices.Put(Slice(new Endpoint { Addresses = ["10.244.0.1"], Hostname = "db-0" }, new Endpoint { Addresses = ["10.244.0.2"] }));
        await AnswerBecomesAsync("db.default", "10.244.0.1 10.244.0.2");
        await AnswerBecomesAsync("db-0.db.default", "10.244.0.1");

        _api.Slices.Put(Slice(new Endpoint { Addresses = ["10.244.0.1"], Hostname = "db-0", Conditions = NotReady }, new Endpoint { Addresses = ["10.244.0.2"] }));
        await AnswerBecomesAsync("db.default", "10.244.0.2");

        _api.Slices.Remove(Slice());
        await AnswerBecomesAsync("db.default", "NameError");
    }

    [Fact]
    public async Task A_service_that_loses_its_name_in_dns_is_forgotten()
    {
        await ClusterFollower.FollowAsync(_informers, _server.Records, CancellationToken.None);
        Service web = Service("web", "");
        _api.Services.Put(web with { Spec = new ServiceSpec { Type = "ExternalName", ExternalName = "192.0.2.1" } });
        await AnswerBecomesAsync("web.default", "NameError");
    }

    private static InformerFactory Informers(IApi api) => new(api, TimeProvider.System, NullLogger<InformerFactory>.Instance);

    private static Service Service(string name, string clusterIP) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = name },
        Spec = new ServiceSpec { ClusterIP = clusterIP, ClusterIPs = [clusterIP], Ports = [new ServicePort { Name = "http", Port = 80 }] },
    };

    private static EndpointSlice Slice(params Endpoint[] endpoints) => new()
    {
        Metadata = new ObjectMeta { Namespace = "default", Name = "db-1", Labels = new ApiMap<string>().With("kubernetes.io/service-name", "db") },
        AddressType = "IPv4",
        Endpoints = [.. endpoints],
    };

    private async Task AnswerBecomesAsync(string name, string expected)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        string answer = await AnswerAsync(name);
        while (answer != expected)
        {
            Assert.False(patience.IsCancellationRequested, $"{name} is still \"{answer}\", not \"{expected}\".");
            answer = await AnswerAsync(name);
        }
    }

    /// <summary>The addresses in order, or the code when it is not NoError.</summary>
    private async Task<string> AnswerAsync(string name)
    {
        DnsMessage reply = await TestClient.AskUdpAsync(_server.EndPoints[0], $"{name}.svc.cluster.local", RecordType.A);
        return reply.ResponseCode == ResponseCode.NoError
            ? string.Join(' ', reply.Sections.Answers.Select(record => RecordText.Format(record).Split(' ')[^1]).Order(StringComparer.Ordinal))
            : reply.ResponseCode.ToString();
    }

    /// <summary>An API of the three kinds that DNS follows.</summary>
    private sealed class ThreeKinds : IApi
    {
        public MemoryApi<Namespace> Namespaces { get; } = new();

        public MemoryApi<Service> Services { get; } = new();

        public MemoryApi<EndpointSlice> Slices { get; } = new();

        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
            Of(request).SendAsync(request, cancellationToken);

        public IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) =>
            Of(request).WatchAsync(request, cancellationToken);

        private IApi Of(ApiRequest request) => request.PathAndQuery.Split('?')[0].Split('/')[^1] switch
        {
            "namespaces" => Namespaces,
            "services" => Services,
            "endpointslices" => Slices,
            string other => throw new InvalidOperationException($"DNS does not follow {other}."),
        };
    }
}
