using Petrel.Storage.Backends.Embedded.Log;

namespace Petrel.Storage.Backends.Embedded.Recovery;

/// <summary>A store read from disk, ready to go on.</summary>
internal sealed record RecoveredStore(Guid StoreId, StoreState State, SegmentLog Log, RecoveryReport Report);
