namespace Petrel.Dns.Wire;

/// <summary>
/// Every bound the wire format puts on a message. Together they bound the memory one hostile message can cost:
/// 65,535 bytes hold at most about 5,900 records, each of which expands to at most three 255-byte names: some 10 MB.
/// </summary>
public static class WireLimits
{
    /// <summary>Bytes of the fixed header (RFC 1035 section 4.1.1).</summary>
    public const int HeaderBytes = 12;

    /// <summary>Bytes of one label without its length byte (RFC 1035 section 2.3.4).</summary>
    public const int LabelBytesMax = 63;

    /// <summary>Bytes of an uncompressed name with its length bytes and the root label (RFC 1035 section 2.3.4).</summary>
    public const int NameBytesMax = 255;

    /// <summary>Bytes of a message, set by the two-byte length before it on TCP (RFC 1035 section 4.2.2).</summary>
    public const int MessageBytesMax = 65_535;

    /// <summary>Bytes of a UDP message when the client did not announce more (RFC 1035 section 4.2.1).</summary>
    public const int UdpBytesDefault = 512;

    /// <summary>Compression pointers have 14 bits: names at or beyond this offset cannot be pointed to.</summary>
    public const int CompressionOffsetEnd = 0x4000;

    /// <summary>Bytes of an OPT record without options: root name, type, class, TTL, length (RFC 6891 section 6.1.2).</summary>
    public const int OptRecordBytes = 11;

    /// <summary>Seconds; a TTL with the top bit set counts as zero (RFC 2181 section 8).</summary>
    public const uint TimeToLiveSecondsMax = int.MaxValue;
}
