using System.Buffers.Binary;

namespace Petrel.Dns.Wire;

/// <summary>
/// Reads the pieces of a message from bytes that may be hostile. Every read says whether it succeeded; none throws, and
/// none allocates more than the piece it returns. After a failed read the reader is of no further use.
/// </summary>
internal ref struct MessageReader(ReadOnlySpan<byte> message)
{
    private const int PointerBits = 0xC0;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _position;

    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_message[_position..], out value))
        {
            return false;
        }

        _position += sizeof(ushort);
        return true;
    }

    public bool TryReadUInt32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_message[_position..], out value))
        {
            return false;
        }

        _position += sizeof(uint);
        return true;
    }

    /// <summary>
    /// Reads a name, following compression pointers (RFC 1035 section 4.1.4). A pointer must lead before the labels it was
    /// found among: that is how honest messages are made, and it guarantees an end.
    /// </summary>
    public bool TryReadName(out DnsName name)
    {
        name = DnsName.Root;
        Span<byte> wire = stackalloc byte[WireLimits.NameBytesMax];
        int length = 0;
        int afterFirstPointer = -1;
        int segmentStart = _position;
        for (int position = _position; position < _message.Length;)
        {
            int labelByte = _message[position];
            if (labelByte > WireLimits.LabelBytesMax)
            {
                if ((labelByte & PointerBits) != PointerBits || position + 1 >= _message.Length)
                {
                    return false;
                }

                int target = ((labelByte & ~PointerBits) << 8) | _message[position + 1];
                if (target >= segmentStart)
                {
                    return false;
                }

                afterFirstPointer = afterFirstPointer < 0 ? position + 2 : afterFirstPointer;
                position = segmentStart = target;
                continue;
            }

            int end = position + 1 + labelByte;
            if (end > _message.Length || length + 1 + labelByte > WireLimits.NameBytesMax)
            {
                return false;
            }

            _message[position..end].CopyTo(wire[length..]);
            length += 1 + labelByte;
            position = end;
            if (labelByte == 0)
            {
                _position = afterFirstPointer < 0 ? position : afterFirstPointer;
                name = length == 1 ? DnsName.Root : new DnsName(wire[..length].ToArray());
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a question (RFC 1035 section 4.1.2).</summary>
    public bool TryReadQuestion(out DnsQuestion question)
    {
        question = default;
        if (!TryReadName(out DnsName name) || !TryReadUInt16(out ushort type) || !TryReadUInt16(out ushort questionClass))
        {
            return false;
        }

        question = new DnsQuestion(name, (RecordType)type, (RecordClass)questionClass);
        return true;
    }

    /// <summary>Reads a record (RFC 1035 section 4.1.3). An OPT record keeps its TTL field as it is.</summary>
    public bool TryReadRecord(out ResourceRecord? record)
    {
        record = null;
        if (!TryReadName(out DnsName name)
            || !TryReadUInt16(out ushort type)
            || !TryReadUInt16(out ushort recordClass)
            || !TryReadUInt32(out uint timeToLive)
            || !TryReadUInt16(out ushort length)
            || _position + length > _message.Length
            || !TryReadData((RecordType)type, _position + length, out byte[] data))
        {
            return false;
        }

        if (type != (ushort)RecordType.Opt && timeToLive > WireLimits.TimeToLiveSecondsMax)
        {
            timeToLive = 0;
        }

        record = new ResourceRecord(name, (RecordType)type, timeToLive, data, (RecordClass)recordClass);
        return true;
    }

    private bool TryReadData(RecordType type, int end, out byte[] data)
    {
        RdataLayout layout = RdataLayout.Of(type);
        int start = _position;
        if (layout.Names == 0 || end == start)
        {
            data = _message[start..end].ToArray();
            _position = end;
            return true;
        }

        data = [];
        DnsName second = DnsName.Root;
        if (!TrySkipPrefix(layout, end)
            || !TryReadNameTo(end, out int prefixEnd, out DnsName first)
            || (layout.Names == 2 && !TryReadNameTo(end, out _, out second)))
        {
            return false;
        }

        ReadOnlySpan<byte> prefix = _message[start..prefixEnd];
        ReadOnlySpan<byte> secondWire = layout.Names == 2 ? second.Wire : [];
        data = [.. prefix, .. first.Wire, .. secondWire, .. _message[_position..end]];
        _position = end;
        return true;
    }

    private bool TrySkipPrefix(RdataLayout layout, int end)
    {
        _position += layout.PrefixBytes;
        for (int i = 0; i < layout.PrefixStrings && _position < end; i++)
        {
            _position += 1 + _message[_position];
        }

        return _position < end;
    }

    private bool TryReadNameTo(int end, out int start, out DnsName name)
    {
        start = _position;
        return TryReadName(out name) && _position <= end;
    }
}
