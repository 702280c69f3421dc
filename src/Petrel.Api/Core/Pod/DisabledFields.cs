using Petrel.Api.Features;

namespace Petrel.Api.Core;

/// <summary>
/// Fields of features that are off are dropped from what clients write, unless the stored object already uses the feature.
/// </summary>
internal static class DisabledFields
{
    public static PodSpec Drop(PodSpec spec, PodSpec? old) => spec with
    {
        ResourceClaims = UsesClaims(old) ? spec.ResourceClaims : default,

        Resources = FeatureGates.IsOn(KnownFeatures.PodLevelResources) || old?.Resources is not null ? spec.Resources : null,
        Containers = spec.Containers.ConvertAll(container => Drop(container, old)),
        InitContainers = spec.InitContainers.ConvertAll(container => Drop(container, old)),
        EphemeralContainers = spec.EphemeralContainers.ConvertAll(container => container with
        {
            Resources = Drop(container.Resources, old),
            Lifecycle = Drop(container.Lifecycle, old),
        }),
        Volumes = spec.Volumes.ConvertAll(volume => Drop(volume, old)),
    };

    private static Container Drop(Container container, PodSpec? old) => container with
    {
        Resources = Drop(container.Resources, old),
        Lifecycle = Drop(container.Lifecycle, old),
    };

    private static ResourceRequirements Drop(ResourceRequirements resources, PodSpec? old) =>
        resources.Claims.IsEmpty || UsesClaims(old) ? resources : resources with { Claims = default };

    private static Lifecycle? Drop(Lifecycle? lifecycle, PodSpec? old)
    {
        if (lifecycle?.StopSignal is null || FeatureGates.IsOn(KnownFeatures.ContainerStopSignals) || UsesStopSignals(old))
        {
            return lifecycle;
        }

        return lifecycle with { StopSignal = null } is var rest && rest == Lifecycle.Empty ? null : rest;
    }

    private static Volume Drop(Volume volume, PodSpec? old) => volume with
    {
        Image = FeatureGates.IsOn(KnownFeatures.ImageVolume) || old?.Volumes.Any(static each => each.Image is not null) == true ? volume.Image : null,
        Projected = Drop(volume.Projected, old),
        Ephemeral = Drop(volume.Ephemeral, old),
    };

    private static ProjectedVolumeSource? Drop(ProjectedVolumeSource? projected, PodSpec? old)
    {
        var isUsed = FeatureGates.IsOn(KnownFeatures.ClusterTrustBundleProjection)
            || old?.Volumes.Any(static volume => volume.Projected?.Sources.Any(static source => source.ClusterTrustBundle is not null) == true) == true;
        return projected is null || isUsed
            ? projected
            : projected with { Sources = projected.Sources.ConvertAll(static source => source.ClusterTrustBundle is null ? source : source with { ClusterTrustBundle = null }) };
    }

    private static EphemeralVolumeSource? Drop(EphemeralVolumeSource? ephemeral, PodSpec? old)
    {
        var isUsed = FeatureGates.IsOn(KnownFeatures.VolumeAttributesClass)
            || old?.Volumes.Any(static volume => volume.Ephemeral?.VolumeClaimTemplate?.Spec.VolumeAttributesClassName is not null) == true;
        return ephemeral?.VolumeClaimTemplate is not { } template || isUsed
            ? ephemeral
            : ephemeral with { VolumeClaimTemplate = template with { Spec = template.Spec with { VolumeAttributesClassName = null } } };
    }

    private static bool UsesClaims(PodSpec? old) =>
        FeatureGates.IsOn(KnownFeatures.DynamicResourceAllocation) || old?.ResourceClaims.IsEmpty == false;

    private static bool UsesStopSignals(PodSpec? old) => old is not null
        && old.Containers.Concat(old.InitContainers).Select(static container => container.Lifecycle)
            .Concat(old.EphemeralContainers.Select(static container => container.Lifecycle)).Any(static lifecycle => lifecycle?.StopSignal is not null);
}
