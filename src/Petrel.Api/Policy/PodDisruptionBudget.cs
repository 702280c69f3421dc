using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Policy;

/// <summary>Limits how many pods of a group may be away by evictions at a time.</summary>
[ApiType("io.k8s.api.policy.v1.PodDisruptionBudget")]
public sealed partial record PodDisruptionBudget : ApiObject, IResource<PodDisruptionBudget>, IHasStatus, IHasGeneration, IPrintable, IValidated, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets")
    {
        Columns = PodDisruptionBudgetTable.Columns,
        ShortNames = ["pdb"],
        NameRule = NameRules.PathSegment,
        UnconditionalUpdate = false,
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public PodDisruptionBudgetSpec Spec { get; init; } = PodDisruptionBudgetSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public PodDisruptionBudgetStatus Status { get; init; } = PodDisruptionBudgetStatus.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => PodDisruptionBudgetTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Status.Validate(FieldPath.Root.Child("status"), errors);
}

[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetSpec")]
public sealed partial record PodDisruptionBudgetSpec
{
    /// <summary>Pods that must stay: a number, or a percentage of those wanted.</summary>
    [Field(1)]
    public IntOrString? MinAvailable { get; init; }

    /// <summary>Which pods make up the group; an empty selector takes all of the namespace, none takes none.</summary>
    [Field(2, PatchStrategy = "replace")]
    public LabelSelector? Selector { get; init; }

    /// <summary>Pods that may be away: a number, or a percentage of those wanted. Not together with minAvailable.</summary>
    [Field(3)]
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>When pods that are not ready may be evicted: IfHealthyBudget (when left out) or AlwaysAllow.</summary>
    [Field(4, Enum = ["AlwaysAllow", "IfHealthyBudget"])]
    public string? UnhealthyPodEvictionPolicy { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (MinAvailable is not null && MaxUnavailable is not null)
        {
            var text = $"policy.PodDisruptionBudgetSpec{{MinAvailable:{GoSyntax.Pointer("intstr.IntOrString", MinAvailable)}, Selector:{GoSyntax.Pointer("v1.LabelSelector", Selector)}, "
                + $"MaxUnavailable:{GoSyntax.Pointer("intstr.IntOrString", MaxUnavailable)}, UnhealthyPodEvictionPolicy:{GoSyntax.Pointer("policy.UnhealthyPodEvictionPolicyType", UnhealthyPodEvictionPolicy)}}}";
            errors.Invalid(path, new Verbatim(text), "minAvailable and maxUnavailable cannot be both set");
        }

        foreach (var (limit, field) in new[] { (MinAvailable, "minAvailable"), (MaxUnavailable, "maxUnavailable") })
        {
            errors.CountOrPercent(path.Child(field), limit ?? 0);
            errors.NotAboveAll(path.Child(field), limit ?? 0);
        }

        Selector?.Validate(path.Child("selector"), errors);
        if (UnhealthyPodEvictionPolicy is { } policy)
        {
            errors.OneOf(path.Child("unhealthyPodEvictionPolicy"), policy, "AlwaysAllow", "IfHealthyBudget");
        }
    }
}

[ApiType("io.k8s.api.policy.v1.PodDisruptionBudgetStatus")]
public sealed partial record PodDisruptionBudgetStatus
{
    /// <summary>Type of the condition that says whether pods may be evicted now.</summary>
    public const string DisruptionAllowed = "DisruptionAllowed";

    /// <summary>Reason of that condition when the numbers could not be found out: <see cref="Condition.Message"/> says why.</summary>
    public const string SyncFailed = "SyncFailed";

    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(1)]
    public long ObservedGeneration { get; init; }

    /// <summary>Pods that were allowed to be evicted and are still there, and when.</summary>
    [Field(2)]
    public ApiMap<DateTimeOffset?> DisruptedPods { get; init; }

    /// <summary>Pods that may be evicted now.</summary>
    [Field(3, Required = true, Always = true)]
    public int DisruptionsAllowed { get; init; }

    /// <summary>Pods that are ready.</summary>
    [Field(4, Required = true, Always = true)]
    public int CurrentHealthy { get; init; }

    /// <summary>Pods that must stay ready.</summary>
    [Field(5, Required = true, Always = true)]
    public int DesiredHealthy { get; init; }

    /// <summary>Pods of the group.</summary>
    [Field(6, Required = true, Always = true)]
    public int ExpectedPods { get; init; }

    /// <summary>State of the budget, one entry for each aspect.</summary>
    [Field(7, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<Condition> Conditions { get; init; }

    /// <summary>The status with a condition that says what <see cref="DisruptionsAllowed"/> does.</summary>
    public PodDisruptionBudgetStatus WithAllowedCondition(DateTimeOffset now) => WithAllowedCondition(DisruptionsAllowed > 0 ? "SufficientPods" : "InsufficientPods", "", now);

    /// <summary>The status in which no pod may be evicted, because the numbers could not be found out.</summary>
    public PodDisruptionBudgetStatus WithFailure(string message, DateTimeOffset now) => (this with { DisruptionsAllowed = 0 }).WithAllowedCondition(SyncFailed, message, now);

    private PodDisruptionBudgetStatus WithAllowedCondition(string reason, string message, DateTimeOffset now) => this with
    {
        Conditions = Conditions.WithCondition(
            new() { Type = DisruptionAllowed, Status = DisruptionsAllowed > 0 ? "True" : "False", ObservedGeneration = ObservedGeneration, Reason = reason, Message = message }, now),
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        Condition.ValidateAll(Conditions, path.Child("conditions"), errors);
        errors.NonNegative(path.Child("disruptionsAllowed"), DisruptionsAllowed);
        errors.NonNegative(path.Child("currentHealthy"), CurrentHealthy);
        errors.NonNegative(path.Child("desiredHealthy"), DesiredHealthy);
        errors.NonNegative(path.Child("expectedPods"), ExpectedPods);
    }
}
