using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

/// <summary>One change that a watch reports.</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.WatchEvent", InEveryVersion = true)]
public sealed partial record WatchEvent
{
    /// <summary>ADDED, MODIFIED, DELETED, BOOKMARK or ERROR.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>The object after the change; before it for DELETED. A Status for ERROR, only a resourceVersion for BOOKMARK.</summary>
    [Field(2, Required = true, Always = true)]
    public RawJson Object { get; init; } = RawJson.Null;
}
