using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Affinity")]
public sealed partial record Affinity
{
    /// <summary>Rules about the node itself.</summary>
    [Field(1)]
    public NodeAffinity? NodeAffinity { get; init; }

    /// <summary>Pods to be near to.</summary>
    [Field(2)]
    public PodAffinity? PodAffinity { get; init; }

    /// <summary>Pods to be away from.</summary>
    [Field(3)]
    public PodAntiAffinity? PodAntiAffinity { get; init; }

    /// <summary>With the label selectors that matchLabelKeys and mismatchLabelKeys stand for, of a pod with these labels.</summary>
    internal Affinity WithLabelKeys(ApiMap<string> labels) => this with
    {
        PodAffinity = PodAffinity is not { } near ? null : near with
        {
            RequiredDuringSchedulingIgnoredDuringExecution = near.RequiredDuringSchedulingIgnoredDuringExecution.ConvertAll(term => term.WithLabelKeys(labels)),
            PreferredDuringSchedulingIgnoredDuringExecution = near.PreferredDuringSchedulingIgnoredDuringExecution.ConvertAll(term => term.WithLabelKeys(labels)),
        },
        PodAntiAffinity = PodAntiAffinity is not { } apart ? null : apart with
        {
            RequiredDuringSchedulingIgnoredDuringExecution = apart.RequiredDuringSchedulingIgnoredDuringExecution.ConvertAll(term => term.WithLabelKeys(labels)),
            PreferredDuringSchedulingIgnoredDuringExecution = apart.PreferredDuringSchedulingIgnoredDuringExecution.ConvertAll(term => term.WithLabelKeys(labels)),
        },
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        NodeAffinity?.Validate(path.Child("nodeAffinity"), errors);
        if (PodAffinity is { } near)
        {
            Validate(near.RequiredDuringSchedulingIgnoredDuringExecution, near.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("podAffinity"), errors);
        }

        if (PodAntiAffinity is { } apart)
        {
            Validate(apart.RequiredDuringSchedulingIgnoredDuringExecution, apart.PreferredDuringSchedulingIgnoredDuringExecution, path.Child("podAntiAffinity"), errors);
        }
    }

    private static void Validate(ApiList<PodAffinityTerm> required, ApiList<WeightedPodAffinityTerm> preferred, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < required.Count; i++)
        {
            required[i].Validate(path.Child("requiredDuringSchedulingIgnoredDuringExecution").Index(i), errors);
        }

        for (var i = 0; i < preferred.Count; i++)
        {
            var termPath = path.Child("preferredDuringSchedulingIgnoredDuringExecution").Index(i);
            if (preferred[i].Weight is <= 0 or > 100)
            {
                errors.Invalid(termPath.Child("weight"), preferred[i].Weight, "must be in the range 1-100");
            }

            preferred[i].PodAffinityTerm.Validate(termPath.Child("podAffinityTerm"), errors);
        }
    }
}
