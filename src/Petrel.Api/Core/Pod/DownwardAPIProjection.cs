using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.DownwardAPIProjection")]
public sealed partial record DownwardAPIProjection
{
    /// <summary>Files to write.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<DownwardAPIVolumeFile> Items { get; init; }

    internal DownwardAPIProjection WithDefaults() => this with { Items = Items.ConvertAll(static item => item.WithDefaults()) };
}
