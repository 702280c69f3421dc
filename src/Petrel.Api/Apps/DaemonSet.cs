using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Apps;

/// <summary>Keeps one pod of a template on each node that suits it.</summary>
[ApiType("io.k8s.api.apps.v1.DaemonSet")]
public sealed partial record DaemonSet : ApiObject, IResource<DaemonSet>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("apps", "v1", "DaemonSet", "daemonsets")
    {
        Columns = DaemonSetTable.Columns,
        ShortNames = ["ds"],
        Categories = ["all"],
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public DaemonSetSpec Spec { get; init; } = DaemonSetSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public DaemonSetStatus Status { get; init; } = DaemonSetStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => TemplateGeneration.Complete(this) with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => TemplateGeneration.Start(this) with { Spec = Spec.WithoutDisabledFields(null), Status = DaemonSetStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old)
    {
        var set = (DaemonSet)old;
        var updated = this with { Spec = Spec.WithoutDisabledFields(set.Spec), Status = set.Status };
        return TemplateGeneration.Continue(updated, set);
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => DaemonSetTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <summary>The spec is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
        if (Spec.Selector != ((DaemonSet)old).Spec.Selector)
        {
            errors.Invalid(FieldPath.Root.Child("spec", "selector"), GoSyntax.LabelSelectorOrNull(Spec.Selector), "field is immutable");
        }
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) =>
        Status.Validate(((DaemonSet)old).Status, FieldPath.Root.Child("status"), errors);
}

[ApiType("io.k8s.api.apps.v1.DaemonSetCondition")]
public sealed partial record DaemonSetCondition
{
    /// <summary>What the condition is about.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the status last changed.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(5)]
    public string Message { get; init; } = "";
}

[ApiType("io.k8s.api.apps.v1.DaemonSetSpec")]
public sealed partial record DaemonSetSpec
{
    /// <summary>Which pods belong to the daemon set. Must match the template's labels and cannot be changed.</summary>
    [Field(1, Always = true, Required = true)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What the pods look like. Their restart policy can only be Always.</summary>
    [Field(2, Always = true, Required = true)]
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <summary>How pods of an old template give way to new ones.</summary>
    [Field(3, Always = true)]
    public DaemonSetUpdateStrategy UpdateStrategy { get; init; } = DaemonSetUpdateStrategy.Empty;

    /// <summary>Seconds for which a new pod must have been ready before it counts as available.</summary>
    [Field(4)]
    public int MinReadySeconds { get; init; }

    /// <summary>Old revisions kept for rollbacks; 10 when left out.</summary>
    [Field(6)]
    public int? RevisionHistoryLimit { get; init; }

    internal DaemonSetSpec WithDefaults() => this with
    {
        Template = Template.WithDefaults(),
        UpdateStrategy = UpdateStrategy.WithDefaults(),
        RevisionHistoryLimit = RevisionHistoryLimit ?? 10,
    };

    internal DaemonSetSpec WithoutDisabledFields(DaemonSetSpec? old) =>
        this with { Template = Template with { Spec = DisabledFields.Drop(Template.Spec, old?.Template.Spec) } };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        Selector?.Validate(path.Child("selector"), errors);
        if (Selector is null || (Selector.IsValid && !Selector.Matches(Template.Metadata.Labels)))
        {
            errors.Invalid(path.Child("template").Child("metadata", "labels"), GoSyntax.Map(Template.Metadata.Labels), "`selector` does not match template `labels`");
        }

        if (Selector is { MatchLabels.IsEmpty: true, MatchExpressions.IsEmpty: true })
        {
            errors.Invalid(path.Child("selector"), GoSyntax.LabelSelector(Selector), "empty selector is invalid for daemonset");
        }

        Template.Validate(path.Child("template"), errors);
        errors.OneOf(path.Child("template").Child("spec", "restartPolicy"), Template.Spec.RestartPolicy, "Always");
        if (Template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(path.Child("template").Child("spec", "activeDeadlineSeconds"), "activeDeadlineSeconds in DaemonSet is not Supported");
        }

        errors.NonNegative(path.Child("minReadySeconds"), MinReadySeconds);
        UpdateStrategy.Validate(path.Child("updateStrategy"), errors);
        errors.NonNegative(path.Child("revisionHistoryLimit"), RevisionHistoryLimit ?? 0);
    }
}

[ApiType("io.k8s.api.apps.v1.DaemonSetStatus")]
public sealed partial record DaemonSetStatus
{
    /// <summary>Nodes that have a pod and should.</summary>
    [Field(1, Required = true, Always = true)]
    public int CurrentNumberScheduled { get; init; }

    /// <summary>Nodes that have a pod and should not.</summary>
    [Field(2, Required = true, Always = true)]
    public int NumberMisscheduled { get; init; }

    /// <summary>Nodes that should have a pod.</summary>
    [Field(3, Required = true, Always = true)]
    public int DesiredNumberScheduled { get; init; }

    /// <summary>Nodes that should have a pod and have one that is ready.</summary>
    [Field(4, Required = true, Always = true)]
    public int NumberReady { get; init; }

    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(5)]
    public long ObservedGeneration { get; init; }

    /// <summary>Nodes that have a pod of the present template.</summary>
    [Field(6)]
    public int UpdatedNumberScheduled { get; init; }

    /// <summary>Nodes that should have a pod and have one that has been ready for minReadySeconds.</summary>
    [Field(7)]
    public int NumberAvailable { get; init; }

    /// <summary>Nodes that should have a pod and have none that has been ready for minReadySeconds.</summary>
    [Field(8)]
    public int NumberUnavailable { get; init; }

    /// <summary>How often the name of a new revision was taken; goes into the hash of the next one.</summary>
    [Field(9)]
    public int? CollisionCount { get; init; }

    /// <summary>State of the daemon set, one entry for each aspect.</summary>
    [Field(10, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<DaemonSetCondition> Conditions { get; init; }

    internal void Validate(DaemonSetStatus old, FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("currentNumberScheduled"), CurrentNumberScheduled);
        errors.NonNegative(path.Child("numberMisscheduled"), NumberMisscheduled);
        errors.NonNegative(path.Child("desiredNumberScheduled"), DesiredNumberScheduled);
        errors.NonNegative(path.Child("numberReady"), NumberReady);
        errors.NonNegative(path.Child("observedGeneration"), ObservedGeneration);
        errors.NonNegative(path.Child("updatedNumberScheduled"), UpdatedNumberScheduled);
        errors.NonNegative(path.Child("numberAvailable"), NumberAvailable);
        errors.NonNegative(path.Child("numberUnavailable"), NumberUnavailable);
        errors.NonNegative(path.Child("collisionCount"), CollisionCount ?? 0);
        errors.NotDecremented(path.Child("collisionCount"), CollisionCount, old.CollisionCount);
    }
}

[ApiType("io.k8s.api.apps.v1.DaemonSetUpdateStrategy")]
public sealed partial record DaemonSetUpdateStrategy
{
    /// <summary>RollingUpdate (when left out) replaces pods step by step; OnDelete only those that somebody deletes.</summary>
    [Field(1, Enum = ["OnDelete", "RollingUpdate"])]
    public string Type { get; init; } = "";

    /// <summary>How big the steps are; with type RollingUpdate only.</summary>
    [Field(2)]
    public RollingUpdateDaemonSet? RollingUpdate { get; init; }

    internal DaemonSetUpdateStrategy WithDefaults()
    {
        var type = Type.Length == 0 ? "RollingUpdate" : Type;
        return new()
        {
            Type = type,
            RollingUpdate = type == "RollingUpdate" ? (RollingUpdate ?? RollingUpdateDaemonSet.Empty).WithDefaults() : RollingUpdate,
        };
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (Type)
        {
            case "RollingUpdate" when RollingUpdate is null:
                errors.Required(path.Child("rollingUpdate"));
                break;
            case "RollingUpdate":
                RollingUpdate.Validate(path.Child("rollingUpdate"), errors);
                break;
            case not "OnDelete":
                var text = new Verbatim($"apps.DaemonSetUpdateStrategy{{Type:{GoSyntax.Quote(Type)}, RollingUpdate:{GoSyntax.Pointer("apps.RollingUpdateDaemonSet", RollingUpdate)}}}");
                errors.NotSupported(path, text, ["RollingUpdate", "OnDelete"]);
                break;
        }
    }
}

[ApiType("io.k8s.api.apps.v1.RollingUpdateDaemonSet")]
public sealed partial record RollingUpdateDaemonSet
{
    /// <summary>Nodes that may be without a pod during an update: a number, or a percentage rounded up; 1 when left out.</summary>
    [Field(1)]
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>Nodes that may have an old and a new pod during an update: a number, or a percentage rounded up; 0 when left out.</summary>
    [Field(2)]
    public IntOrString? MaxSurge { get; init; }

    internal RollingUpdateDaemonSet WithDefaults() => new() { MaxUnavailable = MaxUnavailable ?? 1, MaxSurge = MaxSurge ?? 0 };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        var (unavailable, surge) = (MaxUnavailable ?? 0, MaxSurge ?? 0);
        errors.CountOrPercent(path.Child("maxUnavailable"), unavailable);
        errors.CountOrPercent(path.Child("maxSurge"), surge);
        errors.NotAboveAll(path.Child("maxUnavailable"), unavailable);
        errors.NotAboveAll(path.Child("maxSurge"), surge);
        switch (CommonRules.Amount(unavailable) != 0, CommonRules.Amount(surge) != 0)
        {
            case (true, true):
                errors.Invalid(path.Child("maxSurge"), surge, "may not be set when maxUnavailable is non-zero");
                break;
            case (false, false):
                errors.Required(path.Child("maxUnavailable"), "cannot be 0 when maxSurge is 0");
                break;
        }
    }
}
