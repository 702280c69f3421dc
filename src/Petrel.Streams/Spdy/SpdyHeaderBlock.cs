using System.Buffers.Binary;
using System.Text;

namespace Petrel.Streams.Spdy;

/// <summary>
/// Names and values before compression (SPDY/3.1 section 2.6.10): a count, then each with its length. Names are lower
/// case on the wire; several values of one name are one value with NUL between them.
/// </summary>
internal static class SpdyHeaderBlock
{
    private const int LengthBytes = 4;

    public static byte[] Encode(IReadOnlyDictionary<string, string> headers)
    {
        using var block = new MemoryStream();
        WriteNumber(block, headers.Count);
        foreach (var (name, value) in headers)
        {
            WriteText(block, name.ToLowerInvariant());
            WriteText(block, value);
        }

        return block.ToArray();
    }

    /// <exception cref="SpdyProtocolException">Lengths that do not fit the block, or a name twice.</exception>
    public static Dictionary<string, string> Decode(ReadOnlySpan<byte> block)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var count = ReadNumber(ref block);
        for (var index = 0; index < count; index++)
        {
            var name = ReadText(ref block);
            if (name.Length == 0 || !headers.TryAdd(name, ReadText(ref block)))
            {
                throw new SpdyProtocolException("header block has an empty or repeated name");
            }
        }

        return headers;
    }

    private static void WriteText(MemoryStream block, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(block, bytes.Length);
        block.Write(bytes);
    }

    private static void WriteNumber(MemoryStream block, int number)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        block.Write(bytes);
    }

    private static string ReadText(ref ReadOnlySpan<byte> block)
    {
        var length = ReadNumber(ref block);
        var text = Encoding.UTF8.GetString(block[..length]);
        block = block[length..];
        return text;
    }

    /// <summary>A count or a length: neither can be more than the bytes that are left.</summary>
    private static int ReadNumber(ref ReadOnlySpan<byte> block)
    {
        if (block.Length < LengthBytes)
        {
            throw new SpdyProtocolException("header block ends early");
        }

        var number = BinaryPrimitives.ReadUInt32BigEndian(block);
        block = block[LengthBytes..];
        if (number > block.Length)
        {
            throw new SpdyProtocolException("header block ends early");
        }

        return (int)number;
    }
}
