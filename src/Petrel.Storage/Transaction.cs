namespace Petrel.Storage;

/// <summary>One compare-and-swap: if the key is at the expected revision, put it or delete it.</summary>
public readonly record struct Transaction
{
    private Transaction(string key, bool isDelete, ReadOnlyMemory<byte> value, long? expectedRevision, long lease)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        Key = key;
        IsDelete = isDelete;
        Value = value;
        ExpectedRevision = expectedRevision;
        Lease = lease;
    }

    public string Key { get; }

    public bool IsDelete { get; }

    public ReadOnlyMemory<byte> Value { get; }

    /// <summary>The <see cref="KeyValue.ModRevision"/> the key must have; 0: it must not exist; null: whatever it is.</summary>
    public long? ExpectedRevision { get; }

    /// <summary>The lease to attach the key to; 0 for none.</summary>
    public long Lease { get; }

    /// <summary>
    /// Puts a value. The store keeps <paramref name="value"/> itself, not a copy: the caller must not change the bytes
    /// afterwards, nor pass a small slice of a large buffer, which would stay in memory.
    /// </summary>
    public static Transaction Put(string key, ReadOnlyMemory<byte> value, long? expectedRevision = null, long lease = 0) =>
        new(key, isDelete: false, value, expectedRevision, lease);

    /// <summary>Puts a key that must not exist yet.</summary>
    public static Transaction Create(string key, ReadOnlyMemory<byte> value, long lease = 0) => Put(key, value, 0, lease);

    /// <summary>Deletes a key.</summary>
    public static Transaction Delete(string key, long? expectedRevision = null) =>
        new(key, isDelete: true, default, expectedRevision, lease: 0);
}
