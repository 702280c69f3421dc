using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.LinuxContainerUser")]
public sealed partial record LinuxContainerUser
{
    [Field(1, Required = true, Always = true)]
    public long Uid { get; init; }

    [Field(2, Required = true, Always = true)]
    public long Gid { get; init; }

    [Field(3, ListType = "atomic")]
    public ApiList<long> SupplementalGroups { get; init; }
}
