using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Core;

/// <summary>Which numbers of a range are taken, as servers keep it in the store; not served.</summary>
[ApiType("io.k8s.api.core.v1.RangeAllocation")]
public sealed partial record RangeAllocation : ApiObject, IResource<RangeAllocation>
{
    public static ResourceInfo Info { get; } = new("", "v1", "RangeAllocation", "rangeallocations");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The range, e.g. 10.96.0.0/12.</summary>
    [Field(2, Always = true)]
    public string Range { get; init; } = "";

    /// <summary>A bit for each number.</summary>
    [Field(3, Always = true)]
    public Binary Data { get; init; }
}
