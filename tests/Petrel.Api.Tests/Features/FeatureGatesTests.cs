using Petrel.Api.Features;

namespace Petrel.Api.Tests.Features;

/// <summary>How --feature-gates is read.</summary>
public class FeatureGatesTests
{
    [Fact]
    public void Features_have_their_defaults_unless_something_else_is_said()
    {
        var gates = FeatureGates.Parse("kube:HPAScaleToZero=true, WatchList=T,JobManagedBy=0");

        Assert.True(gates.IsEnabled(KnownFeatures.HPAScaleToZero));
        Assert.True(gates.IsEnabled(KnownFeatures.WatchList));
        Assert.False(gates.IsEnabled(KnownFeatures.JobManagedBy));
        Assert.True(gates.IsEnabled(KnownFeatures.APIServerTracing));
        Assert.False(gates.IsEnabled(KnownFeatures.DRAAdminAccess));
    }

    [Fact]
    public void A_whole_stage_is_set_but_for_what_is_named_itself()
    {
        var gates = FeatureGates.Parse("AllAlpha=true,DRAAdminAccess=false,AllBeta=false");

        Assert.True(gates.IsEnabled(KnownFeatures.DRADeviceTaints));
        Assert.False(gates.IsEnabled(KnownFeatures.DRAAdminAccess));
        Assert.False(gates.IsEnabled(KnownFeatures.InPlacePodVerticalScaling));
        Assert.True(gates.IsEnabled(KnownFeatures.SidecarContainers));
    }

    [Theory]
    [InlineData("Nothing=true", "unrecognized feature gate: Nothing")]
    [InlineData("SidecarContainers=false", "cannot set feature gate SidecarContainers to false, feature is locked to true")]
    [InlineData("WatchFromStorageWithoutResourceVersion=true", "cannot set feature gate WatchFromStorageWithoutResourceVersion to true, feature is locked to false")]
    [InlineData("WatchList", "missing bool value for WatchList")]
    [InlineData("WatchList=yes", "invalid value of WatchList=yes, err: strconv.ParseBool: parsing \"yes\": invalid syntax")]
    [InlineData("other:WatchList=true", "component not registered: other")]
    public void What_cannot_be_is_refused(string text, string error) => Assert.Equal(error, Assert.Throws<FormatException>(() => FeatureGates.Parse(text)).Message);

    [Fact]
    public void Locked_features_may_be_set_to_what_they_are() => Assert.True(FeatureGates.Parse("SidecarContainers=true").IsEnabled(KnownFeatures.SidecarContainers));

    [Fact]
    public void No_feature_is_declared_twice() => Assert.Equal(KnownFeatures.All.Count, KnownFeatures.All.Select(static feature => feature.Name).Distinct().Count());
}
