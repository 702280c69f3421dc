using System.Buffers.Binary;
using System.IO.Compression;

namespace Petrel.Streams.Spdy;

/// <summary>
/// Decompresses the header blocks of one direction. The window starts as the dictionary: it is fed as a stored
/// deflate block before the peer's first byte.
/// </summary>
internal sealed class SpdyHeaderDecompressor(int maxBlockBytes) : IDisposable
{
    private const int ZlibHeaderBytes = 2;
    private const int DictionaryIdBytes = 4;

    private readonly MemoryStream _input = new();
    private DeflateStream? _inflate;

    /// <summary>One block; every block must be given, in order, wanted or not: each changes the window of the next.</summary>
    /// <exception cref="SpdyProtocolException">Not zlib with the SPDY dictionary, or too long.</exception>
    public byte[] Decompress(ReadOnlySpan<byte> block)
    {
        if (_inflate is null)
        {
            block = Start(block);
        }

        Feed(block);
        return Inflate(maxBlockBytes);
    }

    public void Dispose()
    {
        _inflate?.Dispose();
        _input.Dispose();
    }

    private ReadOnlySpan<byte> Start(ReadOnlySpan<byte> block)
    {
        const int Deflate = 8;
        const int DictionaryFollows = 0x20;
        if (block.Length < ZlibHeaderBytes + DictionaryIdBytes
            || (block[0] & 0x0f) != Deflate
            || BinaryPrimitives.ReadUInt16BigEndian(block) % 31 != 0
            || (block[1] & DictionaryFollows) == 0
            || BinaryPrimitives.ReadUInt32BigEndian(block[ZlibHeaderBytes..]) != SpdyDictionary.Adler32)
        {
            throw new SpdyProtocolException("header block does not start with a zlib header that names the SPDY dictionary");
        }

        _inflate = new DeflateStream(_input, CompressionMode.Decompress, leaveOpen: true);
        var dictionary = SpdyDictionary.Bytes.Span;
        var stored = new byte[5 + dictionary.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(1), (ushort)dictionary.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(stored.AsSpan(3), (ushort)~dictionary.Length);
        dictionary.CopyTo(stored.AsSpan(5));
        Feed(stored);
        Inflate(dictionary.Length);
        return block[(ZlibHeaderBytes + DictionaryIdBytes)..];
    }

    private void Feed(ReadOnlySpan<byte> bytes)
    {
        _input.SetLength(0);
        _input.Write(bytes);
        _input.Position = 0;
    }

    private byte[] Inflate(int maxBytes)
    {
        var output = new byte[1024];
        var length = 0;
        try
        {
            // Zero means that the input is used up; more input on the next call continues the same stream.
            while (_inflate!.Read(output.AsSpan(length)) is var read and > 0)
            {
                length += read;
                if (length > maxBytes)
                {
                    throw new SpdyProtocolException($"header block is longer than {maxBytes} bytes");
                }

                if (length == output.Length)
                {
                    Array.Resize(ref output, output.Length * 2);
                }
            }
        }
        catch (InvalidDataException exception)
        {
            throw new SpdyProtocolException($"header block is not valid zlib data: {exception.Message}");
        }

        return output[..length];
    }
}
