using System.Globalization;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Batch;

[ApiType("io.k8s.api.batch.v1.PodFailurePolicy")]
public sealed partial record PodFailurePolicy
{
    private const int RulesMax = 20;

    /// <summary>The first rule that fits a failure decides; a failure that none fits counts against the limit. At most 20.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<PodFailurePolicyRule> Rules { get; init; }

    internal PodFailurePolicy WithDefaults() => this with { Rules = Rules.ConvertAll(static rule => rule.WithDefaults()) };

    internal void Validate(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        var rules = path.Child("rules");
        if (Rules.Count > RulesMax)
        {
            errors.TooMany(rules, Rules.Count, RulesMax);
        }

        for (var i = 0; i < Rules.Count; i++)
        {
            Rules[i].Validate(spec, rules.Index(i), errors);
        }
    }

    internal Verbatim GoText => new($"batch.PodFailurePolicy{{Rules:{(Rules.IsNil
        ? "[]batch.PodFailurePolicyRule(nil)"
        : $"[]batch.PodFailurePolicyRule{{{string.Join(", ", Rules.Select(static rule => rule.GoText))}}}")}}}");
}

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyRule")]
public sealed partial record PodFailurePolicyRule
{
    private const int PatternsMax = 20;

    /// <summary>FailJob, FailIndex (of indexed jobs with a limit per index), Ignore or Count.</summary>
    [Field(1, Required = true, Always = true, Enum = ["Count", "FailIndex", "FailJob", "Ignore"])]
    public string Action { get; init; } = "";

    /// <summary>Fits failures with certain exit codes.</summary>
    [Field(2)]
    public PodFailurePolicyOnExitCodesRequirement? OnExitCodes { get; init; }

    /// <summary>Fits pods with one of these conditions.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<PodFailurePolicyOnPodConditionsPattern> OnPodConditions { get; init; }

    internal PodFailurePolicyRule WithDefaults() => this with
    {
        OnPodConditions = OnPodConditions.ConvertAll(static pattern => pattern.Status.Length == 0 ? pattern with { Status = "True" } : pattern),
    };

    internal void Validate(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        ValidateAction(spec, path.Child("action"), errors);
        OnExitCodes?.Validate(spec, path.Child("onExitCodes"), errors);
        if (OnPodConditions.Count > PatternsMax)
        {
            errors.TooMany(path.Child("onPodConditions"), OnPodConditions.Count, PatternsMax);
        }

        for (var i = 0; i < OnPodConditions.Count; i++)
        {
            OnPodConditions[i].Validate(path.Child("onPodConditions").Index(i), errors);
        }

        switch (OnExitCodes is not null, !OnPodConditions.IsEmpty)
        {
            case (true, true):
                errors.InvalidPlain(path, "specifying both OnExitCodes and OnPodConditions is not supported", "");
                break;
            case (false, false):
                errors.InvalidPlain(path, "specifying one of OnExitCodes and OnPodConditions is required", "");
                break;
        }
    }

    private void ValidateAction(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        switch (Action)
        {
            case "":
                errors.Required(path, "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
                break;
            case "FailIndex" when spec.BackoffLimitPerIndex is null:
                errors.Invalid(path, Action, "requires the backoffLimitPerIndex to be set");
                break;
            default:
                errors.OneOf(path, Action, "Count", "FailIndex", "FailJob", "Ignore");
                break;
        }
    }

    internal string GoText =>
        $"batch.PodFailurePolicyRule{{Action:{GoSyntax.Quote(Action)}, OnExitCodes:{GoSyntax.Pointer("batch.PodFailurePolicyOnExitCodesRequirement", OnExitCodes)}, OnPodConditions:{(OnPodConditions.IsNil
            ? "[]batch.PodFailurePolicyOnPodConditionsPattern(nil)"
            : $"[]batch.PodFailurePolicyOnPodConditionsPattern{{{string.Join(", ", OnPodConditions.Select(static pattern =>
                $"batch.PodFailurePolicyOnPodConditionsPattern{{Type:{GoSyntax.Quote(pattern.Type)}, Status:{GoSyntax.Quote(pattern.Status)}}}"))}}}")}}}";
}

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnExitCodesRequirement")]
public sealed partial record PodFailurePolicyOnExitCodesRequirement
{
    private const int ValuesMax = 255;

    /// <summary>Container whose exit codes count; all of them when left out.</summary>
    [Field(1)]
    public string? ContainerName { get; init; }

    /// <summary>In or NotIn.</summary>
    [Field(2, Required = true, Always = true, Enum = ["In", "NotIn"])]
    public string Operator { get; init; } = "";

    /// <summary>Exit codes in ascending order; at most 255.</summary>
    [Field(3, Required = true, Always = true, ListType = "set")]
    public ApiList<int> Values { get; init; }

    internal void Validate(JobSpec spec, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("operator"), Operator, "valid values: [\"In\" \"NotIn\"]"))
        {
            errors.OneOf(path.Child("operator"), Operator, "In", "NotIn");
        }

        var pod = spec.Template.Spec;
        if (ContainerName is { } name && !pod.Containers.Concat(pod.InitContainers).Any(container => container.Name == name))
        {
            errors.Invalid(path.Child("containerName"), name, "must be one of the container or initContainer names in the pod template");
        }

        ValidateValues(path.Child("values"), errors);
    }

    private void ValidateValues(FieldPath path, FieldErrors errors)
    {
        if (Values.IsEmpty)
        {
            errors.Invalid(path, GoText, "at least one value is required");
        }
        else if (Values.Count > ValuesMax)
        {
            errors.TooMany(path, Values.Count, ValuesMax);
        }

        var seen = new HashSet<int>();
        var isOrdered = true;
        for (var i = 0; i < Values.Count; i++)
        {
            if (Operator == "In" && Values[i] == 0)
            {
                errors.Invalid(path.Index(i), 0, "must not be 0 for the In operator");
            }

            if (!seen.Add(Values[i]))
            {
                errors.Duplicate(path.Index(i), Values[i]);
            }

            isOrdered &= i == 0 || Values[i - 1] <= Values[i];
        }

        if (!isOrdered)
        {
            errors.Invalid(path, GoText, "must be ordered");
        }
    }

    private Verbatim GoText => new(Values.IsNil
        ? "[]int32(nil)"
        : $"[]int32{{{string.Join(", ", Values.Select(static value => value.ToString(CultureInfo.InvariantCulture)))}}}");
}

[ApiType("io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern")]
public sealed partial record PodFailurePolicyOnPodConditionsPattern
{
    /// <summary>Type of the condition.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>Status of the condition; True when left out.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.QualifiedName(path.Child("type"), Type);
        if (errors.NotEmpty(path.Child("status"), Status, "valid values: [\"False\" \"True\" \"Unknown\"]"))
        {
            errors.OneOf(path.Child("status"), Status, "False", "True", "Unknown");
        }
    }
}
