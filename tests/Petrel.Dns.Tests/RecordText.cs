using System.Buffers.Binary;
using System.Net;
using System.Text;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Tests;

/// <summary>Records as dig prints them: owner, TTL, type, data.</summary>
internal static class RecordText
{
    public static string Format(ResourceRecord record) =>
        $"{record.Name} {record.TimeToLiveSeconds} {record.Type.ToString().ToUpperInvariant()} {Data(record)}";

    private static string Data(ResourceRecord record)
    {
        ReadOnlySpan<byte> data = record.Data.Span;
        return record.Type switch
        {
            RecordType.A or RecordType.Aaaa => new IPAddress(data).ToString(),
            RecordType.Cname or RecordType.Ptr or RecordType.NS => Name(record, 0),
            RecordType.Srv => $"{Number16(data, 0)} {Number16(data, 2)} {Number16(data, 4)} {Name(record, 6)}",
            RecordType.Txt => $"\"{Encoding.ASCII.GetString(data[1..])}\"",
            RecordType.Soa => Soa(record),
            _ => Convert.ToHexString(data),
        };
    }

    private static string Soa(ResourceRecord record)
    {
        int serverBytes = WireLength(record.Data.Span);
        string mailbox = Name(record, serverBytes);
        int numbers = record.Data.Length - 20;
        IEnumerable<uint> values = Enumerable.Range(0, 5).Select(i => BinaryPrimitives.ReadUInt32BigEndian(record.Data.Span[(numbers + (4 * i))..]));
        return $"{Name(record, 0)} {mailbox} {string.Join(' ', values)}";
    }

    private static string Name(ResourceRecord record, int offset)
    {
        ReadOnlyMemory<byte> rest = record.Data[offset..];
        return new DnsName(rest[..WireLength(rest.Span)]).ToString();
    }

    private static int WireLength(ReadOnlySpan<byte> wire)
    {
        int length = 0;
        while (wire[length] != 0)
        {
            length += wire[length] + 1;
        }

        return length + 1;
    }

    private static ushort Number16(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt16BigEndian(data[offset..]);
}
