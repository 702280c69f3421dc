using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Apps;

[ApiType("io.k8s.api.apps.v1.StatefulSetStatus")]
public sealed partial record StatefulSetStatus
{
    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(1)]
    public long ObservedGeneration { get; init; }

    /// <summary>Pods that there are.</summary>
    [Field(2, Required = true, Always = true)]
    public int Replicas { get; init; }

    /// <summary>Pods that are ready.</summary>
    [Field(3)]
    public int ReadyReplicas { get; init; }

    /// <summary>Pods of currentRevision.</summary>
    [Field(4)]
    public int CurrentReplicas { get; init; }

    /// <summary>Pods of updateRevision.</summary>
    [Field(5)]
    public int UpdatedReplicas { get; init; }

    /// <summary>Revision of the pods that are not yet updated.</summary>
    [Field(6)]
    public string CurrentRevision { get; init; } = "";

    /// <summary>Revision that the pods are updated to.</summary>
    [Field(7)]
    public string UpdateRevision { get; init; } = "";

    /// <summary>How often the name of a new revision was taken; goes into the hash of the next one.</summary>
    [Field(9)]
    public int? CollisionCount { get; init; }

    /// <summary>State of the stateful set, one entry for each aspect.</summary>
    [Field(10, ListType = "map", MapKeys = "type", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<StatefulSetCondition> Conditions { get; init; }

    /// <summary>Pods that have been ready for minReadySeconds.</summary>
    [Field(11, Always = true)]
    public int AvailableReplicas { get; init; }

    internal void Validate(StatefulSetStatus old, FieldPath path, FieldErrors errors)
    {
        errors.NonNegative(path.Child("replicas"), Replicas);
        errors.NonNegative(path.Child("readyReplicas"), ReadyReplicas);
        errors.NonNegative(path.Child("currentReplicas"), CurrentReplicas);
        errors.NonNegative(path.Child("updatedReplicas"), UpdatedReplicas);
        errors.NonNegative(path.Child("availableReplicas"), AvailableReplicas);
        errors.NonNegative(path.Child("observedGeneration"), ObservedGeneration);
        errors.NonNegative(path.Child("collisionCount"), CollisionCount ?? 0);
        (int Count, string Field)[] parts =
        [
            (ReadyReplicas, "readyReplicas"), (CurrentReplicas, "currentReplicas"), (UpdatedReplicas, "updatedReplicas"), (AvailableReplicas, "availableReplicas"),
        ];
        foreach (var (count, field) in parts)
        {
            if (count > Replicas)
            {
                errors.Invalid(path.Child(field), count, "cannot be greater than status.replicas");
            }
        }

        if (AvailableReplicas > ReadyReplicas)
        {
            errors.Invalid(path.Child("availableReplicas"), AvailableReplicas, "cannot be greater than status.readyReplicas");
        }

        errors.NotDecremented(path.Child("collisionCount"), CollisionCount, old.CollisionCount);
    }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetCondition")]
public sealed partial record StatefulSetCondition
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
