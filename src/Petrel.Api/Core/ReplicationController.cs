using System.Globalization;
using Petrel.Api.Autoscaling;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Keeps a number of equal pods running; the elder sibling of ReplicaSet.</summary>
[ApiType("io.k8s.api.core.v1.ReplicationController")]
public sealed partial record ReplicationController : ApiObject, IResource<ReplicationController>, IHasStatus, IHasDefaults, IPrepared, IHasGeneration, IHasScale, ISelectable, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("", "v1", "ReplicationController", "replicationcontrollers")
    {
        Columns = ReplicationControllerTable.Columns,
        ShortNames = ["rc"],
        Categories = ["all"],
        StorageKey = "controllers",
        Subresources =
        [
            new("scale", Verbs.GetPatchUpdate, new GroupVersionKind("autoscaling", "v1", "Scale")) { Body = Scale.Schema },
            new("status", Verbs.GetPatchUpdate),
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public ReplicationControllerSpec Spec { get; init; } = ReplicationControllerSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public ReplicationControllerStatus Status { get; init; } = ReplicationControllerStatus.Empty;

    /// <summary>Selector and own labels are the template's where they are left out.</summary>
    public ApiObject WithDefaults()
    {
        var labels = Spec.Template?.Metadata.Labels ?? default;
        return this with
        {
            Metadata = Metadata.Labels.IsEmpty && !labels.IsEmpty ? Metadata with { Labels = labels } : Metadata,
            Spec = Spec with
            {
                Replicas = Spec.Replicas ?? 1,
                Selector = Spec.Selector.IsEmpty && !labels.IsEmpty ? labels : Spec.Selector,
                Template = Spec.Template?.WithDefaults(),
            },
        };
    }

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabledFields(null), Status = ReplicationControllerStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => this with
    {
        Spec = Spec.WithoutDisabledFields(((ReplicationController)old).Spec),
        Status = ((ReplicationController)old).Status,
    };

    /// <inheritdoc/>
    public Scale ToScale() => Scale.Of(this, Spec.Replicas, Status.Replicas, new LabelSelector { MatchLabels = Spec.Selector });

    /// <inheritdoc/>
    public ApiObject WithScale(Scale scale) => this with
    {
        Metadata = Metadata with { ResourceVersion = scale.Metadata.ResourceVersion },
        Spec = Spec with { Replicas = scale.Spec.Replicas },
    };

    public static IReadOnlyList<string> SelectableFields { get; } = ["status.replicas"];

    /// <inheritdoc/>
    public string FieldValue(string field) => field == "status.replicas" ? Status.Replicas.ToString(CultureInfo.InvariantCulture) : "";

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ReplicationControllerTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => Validate(errors);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => ReplicaCounts.Validate(
        Status.Replicas, Status.FullyLabeledReplicas, Status.ReadyReplicas, Status.AvailableReplicas, Status.ObservedGeneration, FieldPath.Root.Child("status"), errors);
}

[ApiType("io.k8s.api.core.v1.ReplicationControllerCondition")]
public sealed partial record ReplicationControllerCondition
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

[ApiType("io.k8s.api.core.v1.ReplicationControllerSpec")]
public sealed partial record ReplicationControllerSpec
{
    /// <summary>Number of pods wanted; 1 when left out.</summary>
    [Field(1, Default = "1")]
    public int? Replicas { get; init; }

    /// <summary>Seconds for which a new pod must have been ready before it counts as available.</summary>
    [Field(4, Default = "0")]
    public int MinReadySeconds { get; init; }

    /// <summary>Labels that the pods have; those of the template when left out.</summary>
    [Field(2, MapType = "atomic")]
    public ApiMap<string> Selector { get; init; }

    /// <summary>What new pods look like.</summary>
    [Field(3)]
    public PodTemplateSpec? Template { get; init; }

    internal ReplicationControllerSpec WithoutDisabledFields(ReplicationControllerSpec? old) => Template is null
        ? this
        : this with { Template = Template with { Spec = DisabledFields.Drop(Template.Spec, old?.Template?.Spec) } };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("minReadySeconds"), MinReadySeconds);
        if (Selector.IsEmpty)
        {
            errors.Required(path.Child("selector"));
        }

        errors.NonNegative(path.Child("replicas"), Replicas ?? 0);
        if (Template is null)
        {
            errors.Required(path.Child("template"));
        }
        else
        {
            // An empty selector, which is refused above, is not compared as well.
            Template.ValidateForReplicas(new LabelSelector { MatchLabels = Selector }, path.Child("template"), errors, "ReplicationController");
        }
    }
}

[ApiType("io.k8s.api.core.v1.ReplicationControllerStatus")]
public sealed partial record ReplicationControllerStatus
{
    /// <summary>Pods that the controller has and that are not ending.</summary>
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

    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(3)]
    public long ObservedGeneration { get; init; }

    /// <summary>State of the controller, one entry for each aspect.</summary>
    [Field(6, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<ReplicationControllerCondition> Conditions { get; init; }
}
