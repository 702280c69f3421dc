using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PersistentVolumeStatus")]
public sealed partial record PersistentVolumeStatus
{
    /// <summary>Pending, Available, Bound, Released or Failed.</summary>
    [Field(1, Enum = ["Available", "Bound", "Failed", "Pending", "Released"])]
    public string Phase { get; init; } = "";

    /// <summary>Why the volume is as it is, for people.</summary>
    [Field(2)]
    public string Message { get; init; } = "";

    /// <summary>One word in CamelCase that says what failed, for programs.</summary>
    [Field(3)]
    public string Reason { get; init; } = "";

    /// <summary>When the phase last changed.</summary>
    [Field(4)]
    public DateTimeOffset? LastPhaseTransitionTime { get; init; }
}
