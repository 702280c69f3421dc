using Petrel.Api.Features;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeClaimStatus")]
public sealed partial record PersistentVolumeClaimStatus
{
    private static readonly string[] ResizeStatuses =
        ["ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizeInProgress", "NodeResizeInfeasible", "NodeResizePending"];

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

    /// <summary>Without what belongs to a feature that is off (VolumeAttributesClass), unless the stored claim has it.</summary>
    internal PersistentVolumeClaimStatus WithoutDisabled(PersistentVolumeClaimStatus old) => FeatureGates.IsOn(KnownFeatures.VolumeAttributesClass) ? this : this with
    {
        CurrentVolumeAttributesClassName = old.CurrentVolumeAttributesClassName is null ? null : CurrentVolumeAttributesClassName,
        ModifyVolumeStatus = old.ModifyVolumeStatus is null ? null : ModifyVolumeStatus,
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        foreach (var (resource, amount) in Capacity)
        {
            ResourceNames.ValidateNotNegative(amount, path.Child("capacity").Key(resource), errors);
        }

        // The missing letters are upstream's.
        var statuses = path.Child("allocatedResourceStatus");
        foreach (var (resource, status) in AllocatedResourceStatuses)
        {
            ValidateResource(resource, statuses, errors);
            if (!ResizeStatuses.Contains(status))
            {
                errors.NotSupported(statuses, resource, ResizeStatuses);
            }
        }

        foreach (var (resource, amount) in AllocatedResources)
        {
            if (ValidateResource(resource, path.Child("allocatedResources"), errors))
            {
                ResourceNames.ValidateNotNegative(amount, path.Child("allocatedResources").Key(resource), errors);
            }
        }
    }

    // Of Kubernetes' own resources a claim has storage only.
    private static bool ValidateResource(string name, FieldPath path, FieldErrors errors)
    {
        var problems = NameFormats.QualifiedName(name).ToArray();
        errors.InvalidAll(path, name, problems);
        var isForeign = problems.Length == 0 && name != "storage" && ResourceNames.IsNative(name);
        if (isForeign)
        {
            errors.NotSupported(path, name, ["storage"]);
        }

        return problems.Length == 0 && !isForeign;
    }
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
