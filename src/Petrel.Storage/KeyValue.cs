namespace Petrel.Storage;

/// <summary>
/// One version of one key. Immutable and shared: the store, its history and all readers hold the same instance, so
/// reading never copies a value.
/// </summary>
public sealed class KeyValue(
    string key, ReadOnlyMemory<byte> value, long createRevision, long modRevision, long version, long lease)
{
    public string Key { get; } = key;

    /// <summary>The bytes as they were committed. Empty when only keys were asked for and the backend could save the transfer.</summary>
    public ReadOnlyMemory<byte> Value { get; } = value;

    /// <summary>The revision that created the key (since its last deletion).</summary>
    public long CreateRevision { get; } = createRevision;

    /// <summary>The revision of this version.</summary>
    public long ModRevision { get; } = modRevision;

    /// <summary>1 when created, one more with every put; 0 marks a deletion in a <see cref="StoreEvent"/>.</summary>
    public long Version { get; } = version;

    /// <summary>The lease the key is attached to, or 0.</summary>
    public long Lease { get; } = lease;

    public override string ToString() => $"{Key}@{ModRevision}";
}
