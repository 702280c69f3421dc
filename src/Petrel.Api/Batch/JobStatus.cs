using Petrel.Api.Schema;

namespace Petrel.Api.Batch;

[ApiType("io.k8s.api.batch.v1.JobStatus")]
public sealed partial record JobStatus
{
    /// <summary>State of the job: Complete or Failed at its end, before that SuccessCriteriaMet or FailureTarget; Suspended.</summary>
    [Field(1, ListType = "atomic", PatchStrategy = "merge", PatchMergeKey = "type")]
    public ApiList<JobCondition> Conditions { get; init; }

    /// <summary>When the controller began with the job; anew after a suspension.</summary>
    [Field(2)]
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When the job was completed.</summary>
    [Field(3)]
    public DateTimeOffset? CompletionTime { get; init; }

    /// <summary>Pods that wait or run and are not ending.</summary>
    [Field(4)]
    public int Active { get; init; }

    /// <summary>Pods that have succeeded.</summary>
    [Field(5)]
    public int Succeeded { get; init; }

    /// <summary>Pods that have failed.</summary>
    [Field(6)]
    public int Failed { get; init; }

    /// <summary>Pods that are ending.</summary>
    [Field(11)]
    public int? Terminating { get; init; }

    /// <summary>Indexes that have succeeded, e.g. <c>1,3-5,7</c>.</summary>
    [Field(7)]
    public string CompletedIndexes { get; init; } = "";

    /// <summary>Indexes that have failed for good, in the same form.</summary>
    [Field(10)]
    public string? FailedIndexes { get; init; }

    /// <summary>Pods that have ended and are not counted yet.</summary>
    [Field(8)]
    public UncountedTerminatedPods? UncountedTerminatedPods { get; init; }

    /// <summary>Active pods that are ready.</summary>
    [Field(9)]
    public int? Ready { get; init; }

    internal bool Is(string condition) => Conditions.Any(each => each.Type == condition && each.Status == "True");

    internal bool IsFinished => Is("Complete") || Is("Failed");
}

[ApiType("io.k8s.api.batch.v1.JobCondition")]
public sealed partial record JobCondition
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

[ApiType("io.k8s.api.batch.v1.UncountedTerminatedPods")]
public sealed partial record UncountedTerminatedPods
{
    /// <summary>Uids of pods that have succeeded.</summary>
    [Field(1, ListType = "set")]
    public ApiList<string> Succeeded { get; init; }

    /// <summary>Uids of pods that have failed.</summary>
    [Field(2, ListType = "set")]
    public ApiList<string> Failed { get; init; }
}
