using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.TopologySpreadConstraint")]
public sealed partial record TopologySpreadConstraint
{
    /// <summary>How far the number of pods in one place may be above the lowest.</summary>
    [Field(1, Required = true, Always = true)]
    public int MaxSkew { get; init; }

    /// <summary>Label of nodes: those with the same value are one place.</summary>
    [Field(2, Required = true, Always = true)]
    public string TopologyKey { get; init; } = "";

    /// <summary>DoNotSchedule, or ScheduleAnyway with a preference.</summary>
    [Field(3, Required = true, Always = true, Enum = ["DoNotSchedule", "ScheduleAnyway"])]
    public string WhenUnsatisfiable { get; init; } = "";

    /// <summary>Which pods are counted.</summary>
    [Field(4)]
    public LabelSelector? LabelSelector { get; init; }

    /// <summary>While there are fewer places than this, the lowest number counts as 0.</summary>
    [Field(5)]
    public int? MinDomains { get; init; }

    /// <summary>Whether nodes that the pod's affinity excludes are left out: Honor (when left out) or Ignore.</summary>
    [Field(6, Enum = ["Honor", "Ignore"])]
    public string? NodeAffinityPolicy { get; init; }

    /// <summary>Whether nodes with taints that the pod does not tolerate are left out: Honor or Ignore (when left out).</summary>
    [Field(7, Enum = ["Honor", "Ignore"])]
    public string? NodeTaintsPolicy { get; init; }

    /// <summary>Labels whose value the counted pods must have in common with this one.</summary>
    [Field(8, ListType = "atomic")]
    public ApiList<string> MatchLabelKeys { get; init; }

    internal static void ValidateAll(ApiList<TopologySpreadConstraint> constraints, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < constraints.Count; i++)
        {
            constraints[i].Validate(constraints.Skip(i + 1), path.Index(i), errors);
        }
    }

    private void Validate(IEnumerable<TopologySpreadConstraint> later, FieldPath path, FieldErrors errors)
    {
        if (MaxSkew <= 0)
        {
            errors.Invalid(path.Child("maxSkew"), MaxSkew, "must be greater than zero");
        }

        errors.NotEmpty(path.Child("topologyKey"), TopologyKey, "can not be empty");
        errors.OneOf(path.Child("whenUnsatisfiable"), WhenUnsatisfiable, "DoNotSchedule", "ScheduleAnyway");
        if (later.Any(other => other.TopologyKey == TopologyKey && other.WhenUnsatisfiable == WhenUnsatisfiable))
        {
            errors.Duplicate(path.Child("{topologyKey, whenUnsatisfiable}"), $"{{{TopologyKey}, {WhenUnsatisfiable}}}");
        }

        ValidateMinDomains(path.Child("minDomains"), errors);
        errors.OneOf(path.Child("nodeAffinityPolicy"), NodeAffinityPolicy ?? "Honor", "Honor", "Ignore");
        errors.OneOf(path.Child("nodeTaintsPolicy"), NodeTaintsPolicy ?? "Ignore", "Honor", "Ignore");
        ValidateKeys(path.Child("matchLabelKeys"), errors);
        LabelSelector?.Validate(path.Child("labelSelector"), errors);
    }

    private void ValidateMinDomains(FieldPath path, FieldErrors errors)
    {
        if (MinDomains <= 0)
        {
            errors.Invalid(path, MinDomains, "must be greater than zero");
        }

        if (MinDomains is not null && WhenUnsatisfiable != "DoNotSchedule")
        {
            errors.Invalid(path, MinDomains, $"can only use minDomains if whenUnsatisfiable=DoNotSchedule, not {WhenUnsatisfiable}");
        }
    }

    private void ValidateKeys(FieldPath path, FieldErrors errors)
    {
        if (LabelSelector is null)
        {
            if (!MatchLabelKeys.IsEmpty)
            {
                errors.Forbidden(path, "must not be specified when labelSelector is not set");
            }

            return;
        }

        for (var i = 0; i < MatchLabelKeys.Count; i++)
        {
            var key = MatchLabelKeys[i];
            LabelValidation.ValidateKey(key, path.Index(i), errors);
            if (LabelSelector.MatchLabels.ContainsKey(key) || LabelSelector.MatchExpressions.Any(expression => expression.Key == key))
            {
                errors.Invalid(path.Index(i), key, "exists in both matchLabelKeys and labelSelector");
            }
        }
    }
}
