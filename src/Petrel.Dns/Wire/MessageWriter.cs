using System.Buffers.Binary;

namespace Petrel.Dns.Wire;

/// <summary>
/// Writes the pieces of a message into a buffer that may turn out too small. A write that does not fit says so and leaves
/// the message as it was, so that the caller can truncate between records.
/// </summary>
internal ref struct MessageWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private NameTable _names;
    private int _position;

    /// <summary>Bytes written so far.</summary>
    public readonly int Length => _position;

    public bool TryWriteUInt16(ushort value)
    {
        if (!BinaryPrimitives.TryWriteUInt16BigEndian(_buffer[_position..], value))
        {
            return false;
        }

        _position += sizeof(ushort);
        return true;
    }

    public bool TryWriteUInt32(uint value)
    {
        if (!BinaryPrimitives.TryWriteUInt32BigEndian(_buffer[_position..], value))
        {
            return false;
        }

        _position += sizeof(uint);
        return true;
    }

    /// <summary>Overwrites two bytes written before, such as a count known only afterwards.</summary>
    public readonly void SetUInt16(int offset, int value) => BinaryPrimitives.WriteUInt16BigEndian(_buffer[offset..], (ushort)value);

    public bool TryWriteQuestion(DnsQuestion question) =>
        TryWriteName(question.Name, mayCompress: true)
        && TryWriteUInt16((ushort)question.Type)
        && TryWriteUInt16((ushort)question.Class);

    /// <summary>Writes a record whole or not at all.</summary>
    public bool TryWriteRecord(ResourceRecord record)
    {
        int start = _position;
        int names = _names.Count;
        if (TryWriteName(record.Name, mayCompress: true)
            && TryWriteUInt16((ushort)record.Type)
            && TryWriteUInt16((ushort)record.Class)
            && TryWriteUInt32(record.TimeToLiveSeconds)
            && TryWriteData(record))
        {
            return true;
        }

        _position = start;
        _names.Count = names;
        return false;
    }

    /// <summary>Writes an OPT record without options (RFC 6891 section 6.1.2).</summary>
    public bool TryWriteEdns(Edns edns) =>
        TryWriteBytes([0])
        && TryWriteUInt16((ushort)RecordType.Opt)
        && TryWriteUInt16(edns.UdpPayloadBytes)
        && TryWriteUInt32(edns.TimeToLiveField)
        && TryWriteUInt16(0);

    private bool TryWriteData(ResourceRecord record)
    {
        int lengthOffset = _position;
        if (!TryWriteUInt16((ushort)record.Data.Length))
        {
            return false;
        }

        RdataLayout layout = RdataLayout.Of(record.Type);
        ReadOnlySpan<byte> rest = record.Data.Span;
        if (!layout.MayCompress || rest.Length < layout.PrefixBytes)
        {
            return TryWriteBytes(rest);
        }

        if (!TryWriteBytes(rest[..layout.PrefixBytes]))
        {
            return false;
        }

        rest = rest[layout.PrefixBytes..];
        for (int i = 0; i < layout.Names && !rest.IsEmpty; i++)
        {
            int nameBytes = NameLength(rest);
            if (!TryWriteName(new DnsName(record.Data.Slice(record.Data.Length - rest.Length, nameBytes)), mayCompress: true))
            {
                return false;
            }

            rest = rest[nameBytes..];
        }

        if (!TryWriteBytes(rest))
        {
            return false;
        }

        SetUInt16(lengthOffset, _position - lengthOffset - sizeof(ushort));
        return true;
    }

    private static int NameLength(ReadOnlySpan<byte> wire)
    {
        int length = 0;
        while (wire[length] != 0)
        {
            length += wire[length] + 1;
        }

        return length + 1;
    }

    /// <summary>Writes labels until the rest of the name was written before and can be pointed to.</summary>
    private bool TryWriteName(DnsName name, bool mayCompress)
    {
        for (DnsName rest = name; !rest.IsRoot; rest = rest.Parent)
        {
            ReadOnlySpan<byte> wire = rest.Wire;
            if (mayCompress && _names.TryFind(_buffer, wire, out int offset))
            {
                return TryWriteUInt16((ushort)(0xC000 | offset));
            }

            int start = _position;
            if (!TryWriteBytes(wire[..(wire[0] + 1)]))
            {
                return false;
            }

            _names.Add(start, wire);
        }

        return TryWriteBytes([0]);
    }

    private bool TryWriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.TryCopyTo(_buffer[_position..]))
        {
            return false;
        }

        _position += bytes.Length;
        return true;
    }
}
