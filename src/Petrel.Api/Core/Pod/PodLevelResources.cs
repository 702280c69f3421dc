using Petrel.Api.Features;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Resources of a pod as a whole (KEP-2837): cpu and memory that its containers share. They stand while the feature is on.</summary>
internal static class PodLevelResources
{
    private static readonly string[] Supported = ["cpu", "memory"];

    /// <summary>The pod states resources of its own.</summary>
    public static bool AreSet(PodSpec spec) =>
        spec.Resources is { } resources && resources.Requests.Keys.Concat(resources.Limits.Keys).Any(Supported.Contains);

    /// <summary>Where the pod has a limit, it asks for what its containers do, or else for all that it may use.</summary>
    public static ResourceRequirements? WithDefaults(PodSpec spec)
    {
        if (spec.Resources is not { Limits.IsEmpty: false } resources || !FeatureGates.IsOn(KnownFeatures.PodLevelResources))
        {
            return spec.Resources;
        }

        var requests = resources.Requests;
        foreach (var (name, amount) in PodDemand.OfContainers(spec).AsEnumerable().Concat(resources.Limits))
        {
            requests = Supported.Contains(name) && !requests.ContainsKey(name) ? requests.With(name, amount) : requests;
        }

        return resources with { Requests = requests };
    }

    /// <summary>What containers ask for together, with what the pod states itself in place of it.</summary>
    public static ApiMap<Quantity> Over(ApiMap<Quantity> amounts, ApiMap<Quantity> own) => amounts.WithRange(own.AsEnumerable().Where(static amount => Supported.Contains(amount.Key)));

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Resources is not { } resources)
        {
            return;
        }

        if (!resources.Claims.IsNil)
        {
            errors.Forbidden(path.Child("claims"), "claims may not be set for Resources at pod-level");
        }

        resources.Validate(spec.ResourceClaims.Select(static claim => claim.Name).ToArray(), path, errors, ValidateName);
        foreach (var (name, amount) in PodDemand.OfContainers(spec))
        {
            var own = resources.Requests.GetValueOrDefault(name);
            if (amount > own)
            {
                errors.Invalid(path.Child("requests").Key(name), own.ToString(), $"must be greater than or equal to aggregate container requests of {amount}");
            }
        }

        for (var i = 0; i < spec.Containers.Count; i++)
        {
            foreach (var (name, limit) in spec.Containers[i].Resources.Limits)
            {
                if (resources.Limits.TryGetValue(name, out var most) && limit > most)
                {
                    errors.Invalid(path.Child("containers").Index(i).Key(name).Child("limits"), limit.ToString(), $"must be less than or equal to pod limits of {most}");
                }
            }
        }
    }

    private static void ValidateName(string name, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        ResourceNames.Validate(name, path, errors);
        if (errors.Count == before && !Supported.Contains(name))
        {
            errors.NotSupported(path, name, Supported);
        }
    }
}
