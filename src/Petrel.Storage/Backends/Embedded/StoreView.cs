using Petrel.Storage.Backends.Embedded.Index;

namespace Petrel.Storage.Backends.Embedded;

/// <summary>What readers see: the latest durable revision. Replaced as a whole, never changed.</summary>
internal sealed record StoreView(KeyTree Tree, long Revision, long CompactedRevision)
{
    /// <summary>A new store. It is at revision 1, as etcd's is, because 0 means "latest" in requests.</summary>
    public static StoreView Empty { get; } = new(KeyTree.Empty, Revision: 1, CompactedRevision: 0);
}
