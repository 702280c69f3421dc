using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Petrel.Dns.Wire;

/// <summary>Makes the records this server builds itself, and reads back what its plugins look at.</summary>
public static class RecordData
{
    private const int SoaNumbersBytes = 20;

    /// <summary>An A record for an IPv4 address, an AAAA record for an IPv6 address.</summary>
    public static ResourceRecord Address(DnsName name, uint ttlSeconds, IPAddress address) => new(
        name,
        address.AddressFamily == AddressFamily.InterNetwork ? RecordType.A : RecordType.Aaaa,
        ttlSeconds,
        address.GetAddressBytes());

    public static ResourceRecord Cname(DnsName name, uint ttlSeconds, DnsName target) =>
        new(name, RecordType.Cname, ttlSeconds, target.WireMemory);

    public static ResourceRecord Ptr(DnsName name, uint ttlSeconds, DnsName target) =>
        new(name, RecordType.Ptr, ttlSeconds, target.WireMemory);

    public static ResourceRecord NameServer(DnsName zone, uint ttlSeconds, DnsName server) =>
        new(zone, RecordType.NS, ttlSeconds, server.WireMemory);

    /// <summary>An SRV record (RFC 2782).</summary>
    public static ResourceRecord Srv(DnsName name, uint ttlSeconds, ushort priority, ushort weight, ushort port, DnsName target)
    {
        byte[] data = new byte[6 + target.Wire.Length];
        BinaryPrimitives.WriteUInt16BigEndian(data, priority);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(2), weight);
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(4), port);
        target.Wire.CopyTo(data.AsSpan(6));
        return new ResourceRecord(name, RecordType.Srv, ttlSeconds, data);
    }

    /// <summary>A TXT record of one ASCII string of at most 255 bytes.</summary>
    /// <exception cref="ArgumentException">The text is too long.</exception>
    public static ResourceRecord Text(DnsName name, uint ttlSeconds, string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        if (bytes.Length > byte.MaxValue)
        {
            throw new ArgumentException("A TXT string holds at most 255 bytes.", nameof(text));
        }

        byte[] data = [(byte)bytes.Length, .. bytes];
        return new ResourceRecord(name, RecordType.Txt, ttlSeconds, data);
    }

    /// <summary>The record that names a zone's authority and bounds how long a denial is kept (RFC 2308 section 5).</summary>
    public static ResourceRecord Soa(DnsName zone, uint ttlSeconds, StartOfAuthority authority)
    {
        ReadOnlySpan<byte> server = authority.PrimaryServer.Wire;
        ReadOnlySpan<byte> mailbox = authority.Mailbox.Wire;
        byte[] data = new byte[server.Length + mailbox.Length + SoaNumbersBytes];
        server.CopyTo(data);
        mailbox.CopyTo(data.AsSpan(server.Length));
        Span<byte> numbers = data.AsSpan(server.Length + mailbox.Length);
        BinaryPrimitives.WriteUInt32BigEndian(numbers, authority.Serial);
        BinaryPrimitives.WriteUInt32BigEndian(numbers[4..], authority.RefreshSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(numbers[8..], authority.RetrySeconds);
        BinaryPrimitives.WriteUInt32BigEndian(numbers[12..], authority.ExpireSeconds);
        BinaryPrimitives.WriteUInt32BigEndian(numbers[16..], authority.MinimumSeconds);
        return new ResourceRecord(zone, RecordType.Soa, ttlSeconds, data);
    }

    /// <summary>Seconds a denial may be kept: the last number of an SOA record. False when the data is too short.</summary>
    public static bool TryReadSoaMinimum(ResourceRecord record, out uint seconds)
    {
        seconds = 0;
        ReadOnlySpan<byte> data = record.Data.Span;
        return record.Type == RecordType.Soa
            && data.Length >= SoaNumbersBytes
            && BinaryPrimitives.TryReadUInt32BigEndian(data[^4..], out seconds);
    }
}
