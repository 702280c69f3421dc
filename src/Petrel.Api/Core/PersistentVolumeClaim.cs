using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Asks for storage, and is bound to a volume that has it.</summary>
[ApiType("io.k8s.api.core.v1.PersistentVolumeClaim")]
public sealed partial record PersistentVolumeClaim : ApiObject, IHasDefaults
{
    public override GroupVersionKind GroupVersionKind => new("", "v1", "PersistentVolumeClaim");

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public PersistentVolumeClaimSpec Spec { get; init; } = PersistentVolumeClaimSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public PersistentVolumeClaimStatus Status { get; init; } = PersistentVolumeClaimStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults(), Status = Status.WithDefaults() };
}

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimStatus")]
public sealed partial record PersistentVolumeClaimStatus
{
    /// <summary>Pending, Bound or Lost.</summary>
    [Field(1, Enum = ["Bound", "Lost", "Pending"])]
    public string Phase { get; init; } = "";

    /// <summary>How the volume is usable.</summary>
    [Field(2, Enum = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], ListType = "atomic")]
    public ApiList<string> AccessModes { get; init; }

    /// <summary>How much storage the volume has.</summary>
    [Field(3)]
    public ApiMap<Quantity> Capacity { get; init; }

    /// <summary>State of the claim, one entry for each aspect.</summary>
    [Field(4, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<PersistentVolumeClaimCondition> Conditions { get; init; }

    /// <summary>Storage set aside, more than the capacity while the volume grows.</summary>
    [Field(5)]
    public ApiMap<Quantity> AllocatedResources { get; init; }

    /// <summary>How far the growing of a resource is.</summary>
    [Field(7, MapType = "granular", Enum = ["ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending"])]
    public ApiMap<string> AllocatedResourceStatuses { get; init; }

    /// <summary>Class of changeable settings that the volume has.</summary>
    [Field(8)]
    public string? CurrentVolumeAttributesClassName { get; init; }

    /// <summary>How far a change of those settings is.</summary>
    [Field(9)]
    public ModifyVolumeStatus? ModifyVolumeStatus { get; init; }

    internal PersistentVolumeClaimStatus WithDefaults() => this with
    {
        Phase = Phase.Length == 0 ? "Pending" : Phase,
        Capacity = Capacity.WithDefaults(),
        AllocatedResources = AllocatedResources.WithDefaults(),
    };
}

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimCondition")]
public sealed partial record PersistentVolumeClaimCondition
{
    /// <summary>What the condition is about.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown.</summary>
    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>When it was last looked at.</summary>
    [Field(3, Always = true)]
    public DateTimeOffset? LastProbeTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(4, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(5)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(6)]
    public string Message { get; init; } = "";
}

[ApiType("io.k8s.api.core.v1.ModifyVolumeStatus")]
public sealed partial record ModifyVolumeStatus
{
    /// <summary>Class that is wanted.</summary>
    [Field(1)]
    public string TargetVolumeAttributesClassName { get; init; } = "";

    /// <summary>InProgress, Infeasible or Pending.</summary>
    [Field(2, Required = true, Always = true, Enum = ["InProgress", "Infeasible", "Pending"])]
    public string Status { get; init; } = "";
}
