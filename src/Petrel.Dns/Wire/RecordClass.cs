namespace Petrel.Dns.Wire;

/// <summary>Record classes (RFC 1035 section 3.2.4); only <see cref="Internet"/> is served.</summary>
public enum RecordClass : ushort
{
    None = 0,
    Internet = 1,
    Chaos = 3,
    Hesiod = 4,
    Any = 255,
}
