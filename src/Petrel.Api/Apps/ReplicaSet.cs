using Petrel.Api.Autoscaling;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Apps;

/// <summary>Keeps a number of equal pods running.</summary>
[ApiType("io.k8s.api.apps.v1.ReplicaSet")]
public sealed partial record ReplicaSet : ApiObject, IResource<ReplicaSet>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, IHasScale, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("apps", "v1", "ReplicaSet", "replicasets")
    {
        Columns = ReplicaSetTable.Columns,
        ShortNames = ["rs"],
        Categories = ["all"],
        Subresources =
        [
            new("scale", Verbs.GetPatchUpdate, new GroupVersionKind("autoscaling", "v1", "Scale")) { Body = Scale.Schema },
            new("status", Verbs.GetPatchUpdate),
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public ReplicaSetSpec Spec { get; init; } = ReplicaSetSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public ReplicaSetStatus Status { get; init; } = ReplicaSetStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { Replicas = Spec.Replicas ?? 1, Template = Spec.Template.WithDefaults() } };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabledFields(null), Status = ReplicaSetStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = Spec.WithoutDisabledFields(((ReplicaSet)old).Spec),
        Status = ((ReplicaSet)old).Status,
    };

    /// <inheritdoc/>
    public Scale ToScale() => Scale.Of(this, Spec.Replicas, Status.Replicas, Spec.Selector);

    /// <inheritdoc/>
    public ApiObject WithScale(Scale scale) => this with
    {
        Metadata = Metadata with { ResourceVersion = scale.Metadata.ResourceVersion },
        Spec = Spec with { Replicas = scale.Spec.Replicas },
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ReplicaSetTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <summary>The spec is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
        Spec.Validate(FieldPath.Root.Child("spec"), errors);
        if (Spec.Selector is not null && Spec.Selector != ((ReplicaSet)old).Spec.Selector)
        {
            errors.Invalid(FieldPath.Root.Child("spec", "selector"), GoSyntax.LabelSelector(Spec.Selector), "field is immutable");
        }
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Status.Validate(FieldPath.Root.Child("status"), errors);
}

[ApiType("io.k8s.api.apps.v1.ReplicaSetCondition")]
public sealed partial record ReplicaSetCondition
{
    /// <summary>ReplicaFailure.</summary>
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

[ApiType("io.k8s.api.apps.v1.ReplicaSetSpec")]
public sealed partial record ReplicaSetSpec
{
    /// <summary>Number of pods wanted; 1 when left out.</summary>
    [Field(1)]
    public int? Replicas { get; init; }

    /// <summary>Seconds for which a new pod must have been ready before it counts as available.</summary>
    [Field(4)]
    public int MinReadySeconds { get; init; }

    /// <summary>Which pods belong to the replica set. Must match the template's labels and cannot be changed.</summary>
    [Field(2, Always = true, Required = true)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What new pods look like.</summary>
    [Field(3, Always = true)]
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    internal ReplicaSetSpec WithoutDisabledFields(ReplicaSetSpec? old) =>
        this with { Template = Template with { Spec = DisabledFields.Drop(Template.Spec, old?.Template.Spec) } };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("replicas"), Replicas ?? 0);
        errors.NonNegative(path.Child("minReadySeconds"), MinReadySeconds);
        PodTemplateSpec.ValidateWithSelector(Template, Selector, path, errors);
    }
}

[ApiType("io.k8s.api.apps.v1.ReplicaSetStatus")]
public sealed partial record ReplicaSetStatus
{
    /// <summary>Pods that the replica set has and that are not ending.</summary>
    [Field(1, Required = true, Always = true)]
    public int Replicas { get; init; }

    /// <summary>Pods that have all labels of the template.</summary>
    [Field(2)]
    public int FullyLabeledReplicas { get; init; }

    /// <summary>Pods that are ready.</summary>
    [Field(4)]
    public int ReadyReplicas { get; init; }

    /// <summary>Pods that have been ready for minReadySeconds.</summary>
    [Field(5)]
    public int AvailableReplicas { get; init; }

    /// <summary>Pods that are ending; absent unless the feature is on.</summary>
    [Field(7)]
    public int? TerminatingReplicas { get; init; }

    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(3)]
    public long ObservedGeneration { get; init; }

    /// <summary>State of the replica set, one entry for each aspect.</summary>
    [Field(6, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<ReplicaSetCondition> Conditions { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors) =>
        ReplicaCounts.Validate(Replicas, FullyLabeledReplicas, ReadyReplicas, AvailableReplicas, ObservedGeneration, path, errors);
}
