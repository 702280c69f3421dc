using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceStatus")]
public sealed partial record ResourceStatus
{
    /// <summary>Name of the resource, or claim:NAME/REQUEST.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Health of each of its devices.</summary>
    [Field(2, ListType = "map", MapKeys = "resourceID")]
    public ApiList<ResourceHealth> Resources { get; init; }
}
