using Petrel.Storage.Backends.Embedded.Index;
using Petrel.Storage.Backends.Embedded.Leasing;

namespace Petrel.Storage.Backends.Embedded.Snapshots;

/// <summary>What a snapshot holds.</summary>
internal sealed record SnapshotContent(Guid StoreId, long Revision, KeyTree Tree, IReadOnlyList<LeaseChange> Leases);
