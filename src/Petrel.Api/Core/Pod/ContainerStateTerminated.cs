using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStateTerminated")]
public sealed partial record ContainerStateTerminated
{
    /// <summary>Exit code of the main process.</summary>
    [Field(1, Required = true, Always = true)]
    public int ExitCode { get; init; }

    /// <summary>Signal that ended it.</summary>
    [Field(2)]
    public int Signal { get; init; }

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(3)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(4)]
    public string Message { get; init; } = "";

    /// <summary>When it was started.</summary>
    [Field(5, Always = true)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    [Field(6, Always = true)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Identity at the runtime, as RUNTIME://ID.</summary>
    [Field(7)]
    public string ContainerID { get; init; } = "";
}
