using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerUser")]
public sealed partial record ContainerUser
{
    /// <summary>The user in terms of Linux.</summary>
    [Field(1)]
    public LinuxContainerUser? Linux { get; init; }
}
