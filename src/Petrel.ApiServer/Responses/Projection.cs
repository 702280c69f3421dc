namespace Petrel.ApiServer.Responses;

/// <summary>What the client wants instead of the object itself (meta.k8s.io conversions).</summary>
public enum Projection
{
    None,
    Table,
    PartialObjectMetadata,
    PartialObjectMetadataList,
}
