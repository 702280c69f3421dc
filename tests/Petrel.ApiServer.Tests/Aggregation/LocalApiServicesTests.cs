using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Registration;
using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Bootstrap;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Aggregation;

public sealed class LocalApiServicesTests
{
    [Fact]
    public async Task A_start_registers_what_is_served_and_puts_right_what_is_the_servers_own()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await api.CreateAsync(LocalApiServices.Of("gone.example.com", "v1", ServicePriority.Custom, LocalApiServices.ManagedOnStart), default);
        await api.CreateAsync(LocalApiServices.Of("custom.example.com", "v1", ServicePriority.Custom, "true"), default);
        var changed = LocalApiServices.Of("apps", "v1", new ServicePriority(1, 1), LocalApiServices.ManagedOnStart);
        await api.CreateAsync(changed, default);
        await api.CreateAsync(changed with { Metadata = new ObjectMeta { Name = "v1.batch" }, Spec = changed.Spec with { Group = "batch" } }, default);

        await new LocalApiServices(server.Server.GroupVersions).RunAsync(api, default);

        var stored = (await api.ListAsync<APIService>(null, new ListOptions(), default)).Items.ToDictionary(static each => each.Metadata.Name);
        Assert.Equal(server.Server.GroupVersions.Count(ServicePriority.BuiltIn.ContainsKey) + 1, stored.Count);
        Assert.DoesNotContain("v1.gone.example.com", stored.Keys);
        Assert.DoesNotContain("v1.apiregistration.k8s.io", stored.Keys);
        Assert.Equal((17800, 15), (stored["v1.apps"].Spec.GroupPriorityMinimum, stored["v1.apps"].Spec.VersionPriority));
        Assert.Equal(1, stored["v1.batch"].Spec.GroupPriorityMinimum);
        var core = stored["v1."];
        Assert.Equal((18000, 1, "onstart"), (core.Spec.GroupPriorityMinimum, core.Spec.VersionPriority, core.Metadata.Labels[LocalApiServices.ManagedLabel]));
        Assert.Equal(APIServiceCondition.Local, core.Status.Availability! with { LastTransitionTime = null });
        Assert.Equal(core.Metadata.CreationTimestamp, core.Status.Availability!.LastTransitionTime);
    }

    [Fact]
    public async Task Extension_servers_find_out_whom_to_believe()
    {
        await using var server = await TestServer.StartAsync();
        await new ClientAuthorityConfigMap(TestServer.Pki, new RequestHeaderOptions { UidHeaders = ["X-Remote-Uid"] }).RunAsync(server.Admin, default);
        await new ClientAuthorityConfigMap(TestServer.Pki, new RequestHeaderOptions()).RunAsync(server.Admin, default);
        var map = await server.Admin.GetAsync<ConfigMap>("kube-system", "extension-apiserver-authentication", default);
        Assert.Equal(
            ApiMap.FromPairs(
                ("client-ca-file", TestServer.Pki.Authority.CertificatePem),
                ("requestheader-allowed-names", """["front-proxy-client"]"""),
                ("requestheader-client-ca-file", TestServer.Pki.FrontProxy.CertificatePem),
                ("requestheader-extra-headers-prefix", """["X-Remote-Extra-"]"""),
                ("requestheader-group-headers", """["X-Remote-Group"]"""),
                ("requestheader-username-headers", """["X-Remote-User"]""")),
            map.Data);
    }
}
