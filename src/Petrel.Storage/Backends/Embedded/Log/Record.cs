namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>One record as it is read. Which members mean something, <see cref="RecordKind"/> tells.</summary>
internal readonly ref struct Record(RecordKind kind)
{
    public RecordKind Kind { get; } = kind;

    public string? Key { get; init; }

    /// <summary>Bytes of the read buffer: copy them to keep them.</summary>
    public ReadOnlySpan<byte> Value { get; init; }

    public long Lease { get; init; }

    /// <summary>Time to live in ticks, number of keys, or compacted revision.</summary>
    public long Number { get; init; }

    /// <summary>True when the record makes a revision.</summary>
    public bool MakesRevision => Kind is RecordKind.Put or RecordKind.Delete || (Kind is RecordKind.Revoke && Number > 0);
}
