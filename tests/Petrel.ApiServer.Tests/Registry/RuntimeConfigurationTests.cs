using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Registry;
using Xunit;

namespace Petrel.ApiServer.Tests.Registry;

/// <summary>Which kinds --runtime-config serves.</summary>
public class RuntimeConfigurationTests
{
    [Theory]
    [InlineData("", true, false, false, false)]
    [InlineData("api/all=true", true, true, true, false)]
    [InlineData("api/beta=true", true, true, false, false)]
    [InlineData("api/alpha=true", true, false, true, false)]
    [InlineData("api/all=true,api/beta=false", true, false, true, false)]
    [InlineData("api/ga=false,storage.k8s.io/v1beta1=true", false, true, false, false)]
    [InlineData("storage.k8s.io/v1beta1=true,storage.k8s.io/v1beta1/things=false", true, false, false, false)]
    [InlineData("storage.k8s.io/v1beta1/things", true, true, false, false)]
    [InlineData("api/legacy=true", true, false, false, true)]
    [InlineData("policy/v1beta1=1", true, false, false, true)]
    [InlineData("policy/v1beta1/things=true", true, false, false, true)]
    public void The_more_exact_word_counts(string text, bool stable, bool beta, bool alpha, bool legacy)
    {
        var configuration = RuntimeConfiguration.Parse(text);
        bool Serves(ResourceInfo info) => configuration.Serves(info, FeatureGates.Default);

        Assert.Equal(stable, Serves(Info("storage.k8s.io", "v1")));
        Assert.Equal(beta, Serves(Info("storage.k8s.io", "v1beta1")));
        Assert.Equal(alpha, Serves(Info("storage.k8s.io", "v1alpha1")));
        Assert.Equal(legacy, Serves(Info("policy", "v1beta1") with { IsLegacy = true }));
    }

    [Theory]
    [InlineData("api/all=false", "invalid key with only api/all=false")]
    [InlineData("api/beta", "invalid value api/beta=")]
    [InlineData("v1=true", "runtime-config invalid key v1")]
    [InlineData("other/v1=true", "unknown api groups other")]
    [InlineData("apps/v7=true", "group version apps/v7 that has not been registered")]
    [InlineData("apps/v1=yes", "invalid value of apps/v1: yes, err: strconv.ParseBool: parsing \"yes\": invalid syntax")]
    [InlineData("apps/v1/Deployments=true", "invalid key apps/v1/Deployments: group/version/resource and resource is always lowercase plural, not \"Deployments\"")]
    public void What_cannot_be_is_refused(string text, string error) => Assert.Equal(error, Assert.Throws<FormatException>(() => RuntimeConfiguration.Parse(text)).Message);

    [Fact]
    public void A_kind_of_a_feature_that_is_off_is_not_served()
    {
        var info = Info("storage.k8s.io", "v1") with { Feature = KnownFeatures.CoordinatedLeaderElection };

        Assert.False(RuntimeConfiguration.Default.Serves(info, FeatureGates.Default));
        Assert.True(RuntimeConfiguration.Default.Serves(info, FeatureGates.Parse("CoordinatedLeaderElection=true")));
    }

    [Fact]
    public async Task What_is_not_served_is_nowhere_to_be_seen()
    {
        var options = new ApiServerOptions { RuntimeConfiguration = RuntimeConfiguration.Parse("batch/v1/cronjobs=false,node.k8s.io/v1=false") };
        await using var server = await TestServer.StartAsync(serverOptions: options);

        var (_, groups) = await server.Admin.SendAsync("GET", "/apis");
        Assert.DoesNotContain("node.k8s.io", groups.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(200, (await server.Admin.SendAsync("GET", "/apis/batch/v1/jobs")).Code);
        Assert.Equal(404, (await server.Admin.SendAsync("GET", "/apis/batch/v1/cronjobs")).Code);
        var (_, resources) = await server.Admin.SendAsync("GET", "/apis/batch/v1");
        Assert.DoesNotContain("cronjobs", resources.ToJsonString(), StringComparison.Ordinal);
        var (_, openApi) = await server.Admin.SendAsync("GET", "/openapi/v3");
        Assert.Null(openApi["paths"]!["apis/node.k8s.io/v1"]);
    }

    private static ResourceInfo Info(string group, string version) => new(group, version, "Thing", "things");
}
