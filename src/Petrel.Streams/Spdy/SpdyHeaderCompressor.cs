using System.Buffers.Binary;
using System.IO.Compression;

namespace Petrel.Streams.Spdy;

/// <summary>
/// Compresses header blocks into the one zlib stream that all blocks of a direction form. .NET has no preset
/// dictionary: writing the dictionary first and dropping what comes out leaves the same window behind.
/// </summary>
internal sealed class SpdyHeaderCompressor : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly DeflateStream _deflate;
    private bool _started;

    public SpdyHeaderCompressor()
    {
        _deflate = new DeflateStream(_output, CompressionLevel.Optimal, leaveOpen: true);
        _deflate.Write(SpdyDictionary.Bytes.Span);
        _deflate.Flush();
        _output.SetLength(0);
    }

    public byte[] Compress(ReadOnlySpan<byte> block)
    {
        if (!_started)
        {
            _started = true;
            WriteZlibHeader();
        }

        _deflate.Write(block);
        _deflate.Flush();
        var compressed = _output.ToArray();
        _output.SetLength(0);
        return compressed;
    }

    public void Dispose()
    {
        _deflate.Dispose();
        _output.Dispose();
    }

    private void WriteZlibHeader()
    {
        // Deflate with a 32 KiB window, default level, dictionary follows; the low five bits make it a multiple of 31.
        Span<byte> header = stackalloc byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(header, 0x78bb);
        BinaryPrimitives.WriteUInt32BigEndian(header[2..], SpdyDictionary.Adler32);
        _output.Write(header);
    }
}
