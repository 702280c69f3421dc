namespace Petrel.Dns.Wire;

/// <summary>
/// The fixed part of an OPT record (RFC 6891 section 6.1). Options are hop by hop and none is acted on, so they are dropped.
/// </summary>
/// <param name="UdpPayloadBytes">The largest UDP message the sender can take.</param>
/// <param name="Version">Only version 0 exists.</param>
/// <param name="DnssecOk">The DO bit: send DNSSEC records (RFC 3225).</param>
/// <param name="ResponseCodeHigh">The upper eight bits of the response code.</param>
public readonly record struct Edns(ushort UdpPayloadBytes, byte Version = 0, bool DnssecOk = false, byte ResponseCodeHigh = 0)
{
    private const uint DnssecOkBit = 0x8000;

    /// <summary>Reads the OPT record's class and TTL fields, which EDNS gives another meaning.</summary>
    public static Edns FromRecordFields(ushort recordClass, uint timeToLive) => new(
        recordClass,
        (byte)(timeToLive >> 16),
        (timeToLive & DnssecOkBit) != 0,
        (byte)(timeToLive >> 24));

    /// <summary>The OPT record's TTL field.</summary>
    public uint TimeToLiveField => ((uint)ResponseCodeHigh << 24) | ((uint)Version << 16) | (DnssecOk ? DnssecOkBit : 0);
}
