using System.Buffers.Binary;
using System.Text;

namespace Petrel.Storage.Backends.Embedded.Log;

/// <summary>Writes records, whose layout <see cref="RecordKind"/> tells, into a frame.</summary>
internal sealed class RecordWriter
{
    /// <summary>No record has more bytes than this besides its key and value.</summary>
    public const int MaximumOverhead = 24;

    /// <summary>Throws for strings that are not valid UTF-16, which would come back as other keys.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public FrameBuffer Frame { get; } = new();

    public bool IsEmpty => Frame.PayloadLength == 0;

    /// <summary>The length of a key in the log.</summary>
    /// <exception cref="ArgumentException">The key is not valid UTF-16.</exception>
    public static int KeyBytes(string key) => Utf8.GetByteCount(key);

    public void Clear() => Frame.Clear();

    public void Put(string key, ReadOnlySpan<byte> value, long lease)
    {
        var keyBytes = Utf8.GetByteCount(key);
        var span = Frame.Extend(17 + keyBytes + value.Length);
        span[0] = (byte)RecordKind.Put;
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], keyBytes);
        BinaryPrimitives.WriteInt32LittleEndian(span[5..], value.Length);
        BinaryPrimitives.WriteInt64LittleEndian(span[9..], lease);
        Utf8.GetBytes(key, span[17..]);
        value.CopyTo(span[(17 + keyBytes)..]);
    }

    public void Delete(string key)
    {
        var keyBytes = Utf8.GetByteCount(key);
        var span = Frame.Extend(5 + keyBytes);
        span[0] = (byte)RecordKind.Delete;
        BinaryPrimitives.WriteInt32LittleEndian(span[1..], keyBytes);
        Utf8.GetBytes(key, span[5..]);
    }

    public void Grant(long lease, TimeSpan timeToLive)
    {
        var span = Frame.Extend(17);
        span[0] = (byte)RecordKind.Grant;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], lease);
        BinaryPrimitives.WriteInt64LittleEndian(span[9..], timeToLive.Ticks);
    }

    public void Revoke(long lease, int keyCount)
    {
        var span = Frame.Extend(13);
        span[0] = (byte)RecordKind.Revoke;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], lease);
        BinaryPrimitives.WriteInt32LittleEndian(span[9..], keyCount);
    }

    public void Compact(long revision)
    {
        var span = Frame.Extend(9);
        span[0] = (byte)RecordKind.Compact;
        BinaryPrimitives.WriteInt64LittleEndian(span[1..], revision);
    }

    public void Close() => Frame.Extend(1)[0] = (byte)RecordKind.Close;
}
