using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.LinuxContainerUser")]
public sealed partial record LinuxContainerUser
{
    /// <summary>User of the first process.</summary>
    [Field(1, Required = true, Always = true)]
    public long Uid { get; init; }

    /// <summary>Group of the first process.</summary>
    [Field(2, Required = true, Always = true)]
    public long Gid { get; init; }

    /// <summary>Further groups of the first process.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<long> SupplementalGroups { get; init; }
}
