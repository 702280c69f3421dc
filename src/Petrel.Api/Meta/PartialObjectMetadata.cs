using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

/// <summary>The metadata of an object of any kind, without the rest of it (asked for by <c>as=PartialObjectMetadata</c>).</summary>
[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata")]
public sealed partial record PartialObjectMetadata : ApiObject
{
    /// <summary>The media type that asks a server for this form of an object, or of the objects of a watch.</summary>
    public const string Accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    public override GroupVersionKind GroupVersionKind => new("meta.k8s.io", "v1", "PartialObjectMetadata");
}
