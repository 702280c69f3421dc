using Petrel.Api.Autoscaling;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Apps;

/// <summary>Keeps a number of pods of one template running and replaces them step by step when the template changes.</summary>
[ApiType("io.k8s.api.apps.v1.Deployment")]
public sealed partial record Deployment : ApiObject, IResource<Deployment>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, IHasScale, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("apps", "v1", "Deployment", "deployments")
    {
        Columns = DeploymentTable.Columns,
        ShortNames = ["deploy"],
        Categories = ["all"],
        Subresources =
        [
            new("scale", Verbs.GetPatchUpdate, new GroupVersionKind("autoscaling", "v1", "Scale")) { Body = Scale.Schema },
            new("status", Verbs.GetPatchUpdate) { ResetFields = ["metadata.labels", "spec"] },
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public DeploymentSpec Spec { get; init; } = DeploymentSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public DeploymentStatus Status { get; init; } = DeploymentStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabledFields(null), Status = DeploymentStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = Spec.WithoutDisabledFields(((Deployment)old).Spec),
        Status = ((Deployment)old).Status,
    };

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((Deployment)other).Status };

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old)
    {
        var deployment = (Deployment)old;
        return deployment with { Metadata = Metadata with { Labels = deployment.Metadata.Labels }, Status = Status };
    }

    /// <summary>Annotations count too: they go to the replica sets.</summary>
    public bool SpecEquals(ApiObject other) => other is Deployment deployment && Spec == deployment.Spec && Metadata.Annotations == deployment.Metadata.Annotations;

    /// <inheritdoc/>
    public Scale ToScale() => Scale.Of(this, Spec.Replicas, Status.Replicas, Spec.Selector);

    /// <inheritdoc/>
    public ApiObject WithScale(Scale scale) => this with
    {
        Metadata = Metadata with { ResourceVersion = scale.Metadata.ResourceVersion },
        Spec = Spec with { Replicas = scale.Spec.Replicas },
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => DeploymentTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
        if (Spec.Selector is not null && Spec.Selector != ((Deployment)old).Spec.Selector)
        {
            errors.Invalid(FieldPath.Root.Child("spec", "selector"), GoSyntax.LabelSelector(Spec.Selector), "field is immutable");
        }
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) =>
        Status.Validate(((Deployment)old).Status, FieldPath.Root.Child("status"), errors);
}

[ApiType("io.k8s.api.apps.v1.DeploymentCondition")]
public sealed partial record DeploymentCondition
{
    /// <summary>Available, Progressing or ReplicaFailure.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When the condition was last looked at and changed.</summary>
    [Field(6, Always = true)]
    public DateTimeOffset? LastUpdateTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(7, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(4)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(5)]
    public string Message { get; init; } = "";
}

[ApiType("io.k8s.api.apps.v1.DeploymentSpec")]
public sealed partial record DeploymentSpec
{
    /// <summary>Number of pods wanted; 1 when left out.</summary>
    [Field(1)]
    public int? Replicas { get; init; }

    /// <summary>Which pods belong to the deployment. Must match the template's labels and cannot be changed.</summary>
    [Field(2, Always = true, Required = true)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What new pods look like. Its restart policy can only be Always.</summary>
    [Field(3, Required = true, Always = true)]
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <summary>How pods of an old template give way to new ones.</summary>
    [Field(4, Always = true, PatchStrategy = "retainKeys")]
    public DeploymentStrategy Strategy { get; init; } = DeploymentStrategy.Empty;

    /// <summary>Seconds for which a new pod must have been ready before it counts as available.</summary>
    [Field(5)]
    public int MinReadySeconds { get; init; }

    /// <summary>Old replica sets kept for rollbacks; 10 when left out.</summary>
    [Field(6)]
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>Changes of the template do not start a rollout while this is set.</summary>
    [Field(7)]
    public bool Paused { get; init; }

    /// <summary>Seconds without progress after which a rollout counts as failed; 600 when left out.</summary>
    [Field(9)]
    public int? ProgressDeadlineSeconds { get; init; }

    internal DeploymentSpec WithDefaults() => this with
    {
        Replicas = Replicas ?? 1,
        Template = Template.WithDefaults(),
        Strategy = Strategy.WithDefaults(),
        RevisionHistoryLimit = RevisionHistoryLimit ?? 10,
        ProgressDeadlineSeconds = ProgressDeadlineSeconds ?? 600,
    };

    internal DeploymentSpec WithoutDisabledFields(DeploymentSpec? old) =>
        this with { Template = Template with { Spec = DisabledFields.Drop(Template.Spec, old?.Template.Spec) } };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("replicas"), Replicas ?? 0);
        PodTemplateSpec.ValidateWithSelector(Template, Selector, path, errors);
        Strategy.Validate(path.Child("strategy"), errors);
        errors.NonNegative(path.Child("minReadySeconds"), MinReadySeconds);
        errors.NonNegative(path.Child("revisionHistoryLimit"), RevisionHistoryLimit ?? 0);
        if (ProgressDeadlineSeconds is { } deadline)
        {
            errors.NonNegative(path.Child("progressDeadlineSeconds"), deadline);
            if (deadline <= MinReadySeconds)
            {
                errors.Invalid(path.Child("progressDeadlineSeconds"), deadline, "must be greater than minReadySeconds");
            }
        }
    }
}

[ApiType("io.k8s.api.apps.v1.DeploymentStatus")]
public sealed partial record DeploymentStatus
{
    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(1)]
    public long ObservedGeneration { get; init; }

    /// <summary>Pods that the deployment has and that are not ending.</summary>
    [Field(2)]
    public int Replicas { get; init; }

    /// <summary>Of these, pods of the present template.</summary>
    [Field(3)]
    public int UpdatedReplicas { get; init; }

    /// <summary>Pods that are ready.</summary>
    [Field(7)]
    public int ReadyReplicas { get; init; }

    /// <summary>Pods that have been ready for minReadySeconds.</summary>
    [Field(4)]
    public int AvailableReplicas { get; init; }

    /// <summary>Pods still missing until all that are wanted are available.</summary>
    [Field(5)]
    public int UnavailableReplicas { get; init; }

    /// <summary>Pods that are ending; absent unless the feature is on.</summary>
    [Field(9)]
    public int? TerminatingReplicas { get; init; }

    /// <summary>State of the rollout, one entry for each aspect.</summary>
    [Field(6, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<DeploymentCondition> Conditions { get; init; }

    /// <summary>How often the name of a new replica set was taken; goes into the hash of the next one.</summary>
    [Field(8)]
    public int? CollisionCount { get; init; }

    internal void Validate(DeploymentStatus old, FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("observedGeneration"), ObservedGeneration);
        errors.NonNegative(path.Child("replicas"), Replicas);
        errors.NonNegative(path.Child("updatedReplicas"), UpdatedReplicas);
        errors.NonNegative(path.Child("readyReplicas"), ReadyReplicas);
        errors.NonNegative(path.Child("availableReplicas"), AvailableReplicas);
        errors.NonNegative(path.Child("unavailableReplicas"), UnavailableReplicas);
        errors.NonNegative(path.Child("collisionCount"), CollisionCount ?? 0);
        foreach (var (count, field) in new[] { (UpdatedReplicas, "updatedReplicas"), (ReadyReplicas, "readyReplicas"), (AvailableReplicas, "availableReplicas") })
        {
            if (count > Replicas)
            {
                errors.Invalid(path.Child(field), count, "cannot be greater than status.replicas");
            }
        }

        if (AvailableReplicas > ReadyReplicas)
        {
            errors.Invalid(path.Child("availableReplicas"), AvailableReplicas, "cannot be greater than readyReplicas");
        }

        errors.NotDecremented(path.Child("collisionCount"), CollisionCount, old.CollisionCount);
    }
}

[ApiType("io.k8s.api.apps.v1.DeploymentStrategy")]
public sealed partial record DeploymentStrategy
{
    /// <summary>RollingUpdate replaces pods step by step; Recreate ends all old ones first.</summary>
    [Field(1, Enum = ["Recreate", "RollingUpdate"])]
    public string Type { get; init; } = "";

    /// <summary>How big the steps are; with type RollingUpdate only.</summary>
    [Field(2)]
    public RollingUpdateDeployment? RollingUpdate { get; init; }

    internal DeploymentStrategy WithDefaults()
    {
        var type = Type.Length == 0 ? "RollingUpdate" : Type;
        return new()
        {
            Type = type,
            RollingUpdate = type == "RollingUpdate" ? (RollingUpdate ?? RollingUpdateDeployment.Empty).WithDefaults() : RollingUpdate,
        };
    }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (Type)
        {
            case "Recreate" when RollingUpdate is not null:
                errors.Forbidden(path.Child("rollingUpdate"), "may not be specified when strategy `type` is 'Recreate'");
                break;
            case "RollingUpdate":
                RollingUpdate?.Validate(path.Child("rollingUpdate"), errors);
                break;
            case not "Recreate":
                var text = new Verbatim($"apps.DeploymentStrategy{{Type:{GoSyntax.Quote(Type)}, RollingUpdate:{GoSyntax.Pointer("apps.RollingUpdateDeployment", RollingUpdate)}}}");
                errors.NotSupported(path, text, ["Recreate", "RollingUpdate"]);
                break;
        }
    }
}

[ApiType("io.k8s.api.apps.v1.RollingUpdateDeployment")]
public sealed partial record RollingUpdateDeployment
{
    /// <summary>Pods that may be missing during a rollout: a number, or a percentage rounded down; 25% when left out.</summary>
    [Field(1)]
    public IntOrString? MaxUnavailable { get; init; }

    /// <summary>Pods above the wanted number during a rollout: a number, or a percentage rounded up; 25% when left out.</summary>
    [Field(2)]
    public IntOrString? MaxSurge { get; init; }

    internal RollingUpdateDeployment WithDefaults() => new()
    {
        MaxUnavailable = MaxUnavailable ?? "25%",
        MaxSurge = MaxSurge ?? "25%",
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        var (unavailable, surge) = (MaxUnavailable ?? 0, MaxSurge ?? 0);
        errors.CountOrPercent(path.Child("maxUnavailable"), unavailable);
        errors.CountOrPercent(path.Child("maxSurge"), surge);
        if (CommonRules.Amount(unavailable) == 0 && CommonRules.Amount(surge) == 0)
        {
            errors.Invalid(path.Child("maxUnavailable"), unavailable, "may not be 0 when `maxSurge` is 0");
        }

        errors.NotAboveAll(path.Child("maxUnavailable"), unavailable);
    }
}
