namespace Petrel.Dns.Wire;

/// <summary>
/// Where names sit in a record's data. A name there may arrive compressed, and must be expanded before the record can be
/// put into another message. Types not listed are opaque (RFC 3597 section 4 forbids compressing names in new types).
/// </summary>
/// <param name="PrefixBytes">Fixed bytes before the first name.</param>
/// <param name="PrefixStrings">Length-prefixed strings between those bytes and the first name (NAPTR has three).</param>
/// <param name="Names">How many names follow; whatever comes after them is opaque.</param>
/// <param name="MayCompress">Whether the names may be written compressed: only in the types of RFC 1035 itself.</param>
internal readonly record struct RdataLayout(int PrefixBytes, int PrefixStrings, int Names, bool MayCompress)
{
    public static RdataLayout Of(RecordType type) => type switch
    {
        RecordType.NS or RecordType.MD or RecordType.MF or RecordType.Cname or RecordType.MB
            or RecordType.MG or RecordType.MR or RecordType.Ptr => new RdataLayout(0, 0, 1, MayCompress: true),
        RecordType.Soa or RecordType.Minfo => new RdataLayout(0, 0, 2, MayCompress: true),
        RecordType.MX => new RdataLayout(2, 0, 1, MayCompress: true),
        RecordType.RP => new RdataLayout(0, 0, 2, MayCompress: false),
        RecordType.Afsdb or RecordType.RT or RecordType.KX => new RdataLayout(2, 0, 1, MayCompress: false),
        RecordType.PX => new RdataLayout(2, 0, 2, MayCompress: false),
        RecordType.Sig or RecordType.Rrsig => new RdataLayout(18, 0, 1, MayCompress: false),
        RecordType.Nxt or RecordType.Dname => new RdataLayout(0, 0, 1, MayCompress: false),
        RecordType.Srv => new RdataLayout(6, 0, 1, MayCompress: false),
        RecordType.Naptr => new RdataLayout(4, 3, 1, MayCompress: false),
        _ => default,
    };
}
