namespace Petrel.Dns.Wire;

/// <summary>
/// Record types this server builds, or whose data holds names it must expand and compress (IANA "DNS Parameters").
/// Any other number is a valid value too: such records pass through as opaque bytes (RFC 3597).
/// </summary>
public enum RecordType : ushort
{
    None = 0,
    A = 1,
    NS = 2,
    MD = 3,
    MF = 4,
    Cname = 5,
    Soa = 6,
    MB = 7,
    MG = 8,
    MR = 9,
    Ptr = 12,
    Hinfo = 13,
    Minfo = 14,
    MX = 15,
    Txt = 16,
    RP = 17,
    Afsdb = 18,
    RT = 21,
    Sig = 24,
    PX = 26,
    Aaaa = 28,
    Nxt = 30,
    Srv = 33,
    Naptr = 35,
    KX = 36,
    Dname = 39,
    Opt = 41,
    Rrsig = 46,
    Ixfr = 251,
    Axfr = 252,
    Any = 255,
}
