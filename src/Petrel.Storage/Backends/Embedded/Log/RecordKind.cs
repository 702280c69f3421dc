namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>The first byte of a record. Numbers are part of the file format.</summary>
internal enum RecordKind : byte
{
    /// <summary>Key length (4), value length (4), lease (8), key in UTF-8, value. Makes a revision.</summary>
    Put = 1,

    /// <summary>Key length (4), key. Makes a revision.</summary>
    Delete = 2,

    /// <summary>Lease (8), time to live in ticks of 100 ns (8).</summary>
    Grant = 3,

    /// <summary>Lease (8), number of keys it deletes (4). Makes a revision if that is not 0.</summary>
    Revoke = 4,

    /// <summary>Compacted revision (8).</summary>
    Compact = 5,

    /// <summary>Nothing follows: the store was closed in order. Proves that the frame before it is complete.</summary>
    Close = 6,
}
