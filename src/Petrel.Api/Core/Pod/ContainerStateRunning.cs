using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStateRunning")]
public sealed partial record ContainerStateRunning
{
    /// <summary>When it was started.</summary>
    [Field(1, Always = true)]
    public DateTimeOffset? StartedAt { get; init; }
}
