using System.Buffers.Binary;
using System.Text;
using Petrel.Api.Codecs;

namespace Petrel.Api.Protobuf;

/// <summary>
/// Reads protobuf's wire format (protobuf.dev, "Encoding") from a message in memory. Malformed input throws
/// <see cref="ProtobufException"/>; fields of an unexpected wire type too.
/// </summary>
public ref struct ProtobufReader
{
    /// <summary>Levels of nested messages; recursive types (JSONSchemaProps) make hostile depth possible.</summary>
    public const int DepthMax = 128;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _depth;
    private int _position;
    private int _wireType;

    public ProtobufReader(ReadOnlySpan<byte> bytes) : this(bytes, 0)
    {
    }

    private ProtobufReader(ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > DepthMax)
        {
            throw new ProtobufException($"messages are nested deeper than {DepthMax} levels");
        }

        _bytes = bytes;
        _depth = depth;
    }

    /// <summary>Moves to the next field and returns its number; 0 at the end of the message.</summary>
    public int NextField()
    {
        if (_position >= _bytes.Length)
        {
            return 0;
        }

        var tag = ReadRawVarint();
        _wireType = (int)(tag & 7);
        var number = tag >> 3;
        if (number is 0 or > 536_870_911)
        {
            throw new ProtobufException($"proto: illegal tag {number} (wire type {_wireType})");
        }

        return (int)number;
    }

    public void Skip()
    {
        switch (_wireType)
        {
            case 0:
                ReadRawVarint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                TakeLengthDelimited();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new ProtobufException($"proto: illegal wireType {_wireType}");
        }
    }

    public ulong ReadVarint()
    {
        Expect(0);
        return ReadRawVarint();
    }

    public double ReadDouble()
    {
        Expect(1);
        return BinaryPrimitives.ReadDoubleLittleEndian(Take(8));
    }

    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(2);
        return TakeLengthDelimited();
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    /// <summary>A reader over the current field's message.</summary>
    public ProtobufReader ReadMessage() => new(ReadBytes(), _depth + 1);

    /// <summary>Adds the current field's map entry ({1: key, 2: value}).</summary>
    public void ReadEntry<T, TCodec>(ref Dictionary<string, T>? map) where TCodec : IValueCodec<T>
    {
        var entry = ReadMessage();
        var key = "";
        var value = TCodec.Zero;
        while (entry.NextField() is var number and not 0)
        {
            switch (number)
            {
                case 1:
                    key = entry.ReadString();
                    break;
                case 2:
                    value = TCodec.ReadProtobuf(ref entry);
                    break;
                default:
                    entry.Skip();
                    break;
            }
        }

        (map ??= new Dictionary<string, T>(StringComparer.Ordinal))[key] = value;
    }

    /// <summary>Adds the current field's map entry whose value is a message {1: repeated items}.</summary>
    public void ReadListEntry<T, TCodec>(ref Dictionary<string, ApiList<T>>? map) where TCodec : IValueCodec<T>
    {
        var entry = ReadMessage();
        var key = "";
        var items = new List<T>();
        while (entry.NextField() is var number and not 0)
        {
            if (number == 1)
            {
                key = entry.ReadString();
            }
            else if (number == 2)
            {
                var list = entry.ReadMessage();
                while (list.NextField() is var inner and not 0)
                {
                    if (inner == 1)
                    {
                        items.Add(TCodec.ReadProtobuf(ref list));
                    }
                    else
                    {
                        list.Skip();
                    }
                }
            }
            else
            {
                entry.Skip();
            }
        }

        (map ??= new Dictionary<string, ApiList<T>>(StringComparer.Ordinal))[key] = [.. items];
    }

    private readonly void Expect(int wireType)
    {
        if (_wireType != wireType)
        {
            throw new ProtobufException($"proto: wrong wireType = {_wireType}, want {wireType}");
        }
    }

    private ReadOnlySpan<byte> TakeLengthDelimited()
    {
        var length = ReadRawVarint();
        if (length > (ulong)(_bytes.Length - _position))
        {
            throw new ProtobufException("unexpected EOF");
        }

        return Take((int)length);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _position)
        {
            throw new ProtobufException("unexpected EOF");
        }

        var span = _bytes.Slice(_position, count);
        _position += count;
        return span;
    }

    private ulong ReadRawVarint()
    {
        ulong result = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_position >= _bytes.Length)
            {
                throw new ProtobufException("unexpected EOF");
            }

            var next = _bytes[_position++];
            result |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return result;
            }
        }

        throw new ProtobufException("proto: integer overflow");
    }
}
