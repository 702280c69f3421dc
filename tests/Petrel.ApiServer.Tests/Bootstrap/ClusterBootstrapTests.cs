using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Features;
using Petrel.Api.Networking;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Bootstrap;

/// <summary>The objects of every cluster, made through the API itself.</summary>
public sealed class ClusterBootstrapTests : IAsyncLifetime
{
    private static readonly KubernetesServiceOptions Options = new(System.Net.IPAddress.Parse("10.96.0.1"), System.Net.IPAddress.Parse("192.0.2.7"), 6443);

    private readonly KubernetesService _service = new(Options);
    private TestServer _server = null!;
    private IApi _api = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _api = _server.Admin;
        await RunAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Namespaces_roles_and_the_service_are_there()
    {
        var namespaces = await _api.ListAsync<Namespace>(null, new ListOptions(), default);
        Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], namespaces.Items.Select(static item => item.Metadata.Name));
        Assert.Equal(BootstrapPolicy.ClusterRoles.Count, (await _api.ListAsync<ClusterRole>(null, new ListOptions(), default)).Items.Count);
        Assert.Equal(BootstrapBindings.Namespaced.Count, (await _api.ListAsync<RoleBinding>(null, new ListOptions(), default)).Items.Count);
        var ranges = await _api.GetAsync<ServiceCIDR>(null, "kubernetes", default);
        Assert.Equal(("10.96.0.0/12", "Ready", "True"), (ranges.Spec.Cidrs[0], ranges.Status.Conditions[0].Type, ranges.Status.Conditions[0].Status));
        var service = await _api.GetAsync<Service>("default", "kubernetes", default);
        Assert.Equal(("10.96.0.1", 443, 6443), (service.Spec.ClusterIP, service.Spec.Ports[0].Port, service.Spec.Ports[0].TargetPort.Number));
        var slice = await _api.GetAsync<EndpointSlice>("default", "kubernetes", default);
        Assert.Equal(("192.0.2.7", 6443, true), (slice.Endpoints[0].Addresses[0], slice.Ports[0].Port, slice.Endpoints[0].Conditions.Ready));
    }

    [Fact]
    public async Task A_second_start_changes_nothing()
    {
        var before = await VersionsAsync();
        await RunAsync();
        Assert.Equal(before, await VersionsAsync());
    }

    [Fact]
    public async Task A_second_start_puts_back_what_is_missing()
    {
        var role = await _api.GetAsync<ClusterRole>(null, "system:kube-dns", default);
        await _api.UpdateAsync(role with { Rules = [] }, default);
        var binding = await _api.GetAsync<ClusterRoleBinding>(null, "system:kube-dns", default);
        await _api.DeleteAsync<ClusterRoleBinding>(null, "system:kube-dns", null, default);
        await _api.CreateAsync(binding with
        {
            Metadata = binding.Metadata with { Uid = "", ResourceVersion = "", CreationTimestamp = null },
            RoleRef = binding.RoleRef with { Name = "view" },
        }, default);

        await RunAsync();
        Assert.Equal(role.Rules, (await _api.GetAsync<ClusterRole>(null, "system:kube-dns", default)).Rules);
        Assert.Equal("system:kube-dns", (await _api.GetAsync<ClusterRoleBinding>(null, "system:kube-dns", default)).RoleRef.Name);
    }

    [Fact]
    public async Task Another_address_of_the_server_is_written_to_the_endpoints()
    {
        await new KubernetesService(Options with { Address = System.Net.IPAddress.Parse("192.0.2.8"), Port = 7443 }).RunAsync(_api, default);
        var endpoints = await _api.GetAsync<Endpoints>("default", "kubernetes", default);
        Assert.Equal(("192.0.2.8", 7443), (endpoints.Subsets[0].Addresses[0].Ip, endpoints.Subsets[0].Ports[0].Port));
        Assert.Equal("192.0.2.8", (await _api.GetAsync<EndpointSlice>("default", "kubernetes", default)).Endpoints[0].Addresses[0]);
        Assert.Equal(7443, (await _api.GetAsync<Service>("default", "kubernetes", default)).Spec.Ports[0].TargetPort.Number);
    }

    [Fact]
    public async Task Deleted_endpoints_come_back_while_the_server_runs()
    {
        using var stop = new CancellationTokenSource();
        var keeping = new KubernetesServiceKeeper(_api, _service, new DefaultServiceRanges("10.96.0.0/12", TimeProvider.System), TimeProvider.System, NullLogger<KubernetesServiceKeeper>.Instance).RunAsync(stop.Token);
        var first = await _api.GetAsync<EndpointSlice>("default", "kubernetes", default);
        await _api.DeleteAsync<EndpointSlice>("default", "kubernetes", null, default);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await _api.FindAsync<EndpointSlice>("default", "kubernetes", deadline.Token))?.Metadata.Uid is not { } uid || uid == first.Metadata.Uid)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }

        await stop.CancelAsync();
        await keeping.WaitAsync(deadline.Token);
    }

    private Task RunAsync() =>
        new ClusterBootstrap(new DefaultServiceRanges("10.96.0.0/12", TimeProvider.System), _service, new ClientAuthorityConfigMap(TestServer.Pki, new RequestHeaderOptions()), FeatureGates.Default)
            .RunAsync(_api, _server.Server.Bootstrapping, default);

    private async Task<List<string>> VersionsAsync()
    {
        var versions = new List<string>();
        async Task Add<T>() where T : ApiObject, Api.Resources.IResource<T>, Api.Schema.IApiType<T> =>
            versions.AddRange((await _api.ListAsync<T>(null, new ListOptions(), default)).Items.Select(static item => $"{item.Metadata.Name} {item.Metadata.ResourceVersion}"));
        await Add<Namespace>();
        await Add<ClusterRole>();
        await Add<ClusterRoleBinding>();
        await Add<Role>();
        await Add<RoleBinding>();
        await Add<ConfigMap>();
        await Add<Service>();
        await Add<Endpoints>();
        await Add<EndpointSlice>();
        await Add<ServiceCIDR>();
        return versions;
    }
}
