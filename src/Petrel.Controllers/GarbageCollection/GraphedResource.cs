using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Client.Informers;

namespace Petrel.Controllers.GarbageCollection;

/// <summary>Puts the objects of one resource into the graph of owners. Nothing else is kept of them.</summary>
internal sealed class GraphedResource(ResourceInfo info, OwnerGraph graph) : IReflectorStore<PartialObjectMetadata>
{
    public void Replace(IReadOnlyList<PartialObjectMetadata> items) => graph.Replace(info, [.. items.Select(static item => item.Metadata)]);

    public void Put(PartialObjectMetadata value) => graph.Put(info, value.Metadata);

    public void Remove(PartialObjectMetadata value) => graph.Remove(value.Metadata.Uid);
}
