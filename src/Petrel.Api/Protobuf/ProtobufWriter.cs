using System.Buffers.Binary;
using System.Text;
using Petrel.Api.Codecs;

namespace Petrel.Api.Protobuf;

/// <summary>
/// Writes protobuf from the end towards the front, so that the length of a nested message is known when its header is
/// written. Fields of a message are therefore written in descending order, lists from the last item to the first.
/// </summary>
public sealed class ProtobufWriter
{
    private byte[] _buffer = new byte[1024];
    private int _start = 1024;

    /// <summary>Bytes written so far: the difference around a nested message is its length.</summary>
    public int Length => _buffer.Length - _start;

    public byte[] ToArray() => _buffer[_start..];

    public void WriteVarint(int number, ulong value)
    {
        PrependVarint(value);
        Tag(number, 0);
    }

    public void WriteDouble(int number, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Prepend(8), value);
        Tag(number, 1);
    }

    public void WriteBytes(int number, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Prepend(value.Length));
        PrependVarint((ulong)value.Length);
        Tag(number, 2);
    }

    public void WriteString(int number, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Prepend(length));
        PrependVarint((ulong)length);
        Tag(number, 2);
    }

    /// <summary>Closes a nested message: everything written since <paramref name="lengthBefore"/> is its content.</summary>
    public void EndMessage(int number, int lengthBefore)
    {
        PrependVarint((ulong)(Length - lengthBefore));
        Tag(number, 2);
    }

    public void WriteList<T, TCodec>(int number, ApiList<T> list) where TCodec : IValueCodec<T>
    {
        for (var i = list.Count - 1; i >= 0; i--)
        {
            TCodec.WriteProtobuf(this, number, list[i]);
        }
    }

    public void WriteMap<T, TCodec>(int number, ApiMap<T> map) where TCodec : IValueCodec<T>
    {
        foreach (var (key, value) in map.Reverse())
        {
            var before = Length;
            TCodec.WriteProtobuf(this, 2, value);
            WriteString(1, key);
            EndMessage(number, before);
        }
    }

    public void WriteMapOfLists<T, TCodec>(int number, ApiMap<ApiList<T>> map) where TCodec : IValueCodec<T>
    {
        foreach (var (key, value) in map.Reverse())
        {
            var entry = Length;
            var list = Length;
            WriteList<T, TCodec>(1, value);
            EndMessage(2, list);
            WriteString(1, key);
            EndMessage(number, entry);
        }
    }

    private void Tag(int number, int wireType) => PrependVarint(((ulong)number << 3) | (uint)wireType);

    private void PrependVarint(ulong value)
    {
        var length = 1;
        for (var rest = value >> 7; rest != 0; rest >>= 7)
        {
            length++;
        }

        var span = Prepend(length);
        for (var i = 0; i < length; i++)
        {
            span[i] = (byte)((value & 0x7F) | (i < length - 1 ? 0x80u : 0));
            value >>= 7;
        }
    }

    private Span<byte> Prepend(int count)
    {
        if (count > _start)
        {
            var grown = new byte[Math.Max(_buffer.Length * 2, Length + count)];
            _buffer.AsSpan(_start).CopyTo(grown.AsSpan(grown.Length - Length));
            _start = grown.Length - Length;
            _buffer = grown;
        }

        _start -= count;
        return _buffer.AsSpan(_start, count);
    }
}
