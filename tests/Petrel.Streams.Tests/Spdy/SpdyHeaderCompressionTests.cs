using System.Text;
using Petrel.Streams.Spdy;

namespace Petrel.Streams.Tests.Spdy;

public sealed class SpdyHeaderCompressionTests
{
    [Fact]
    public void The_dictionary_is_the_specifications()
    {
        Assert.Equal(1423, SpdyDictionary.Bytes.Length);
        Assert.Equal(0xe3c6a7c2, SpdyDictionary.Adler32);
    }

    /// <summary>Bytes that Python's zlib made with the dictionary: SPDY peers use the same library or Go's.</summary>
    [Fact]
    public void Blocks_of_another_implementation_decompress_in_order()
    {
        using var decompressor = new SpdyHeaderDecompressor(1024);
        Assert.Equal("accept-encoding: gzip", Encoding.ASCII.GetString(decompressor.Decompress(Convert.FromHexString("78F9E3C6A7C2422B39AD1440C601000000FFFF"))));
        Assert.Equal("accept-encoding: gzip again", Encoding.ASCII.GetString(decompressor.Decompress(Convert.FromHexString("C22AA890980E7413000000FFFF"))));
    }

    [Fact]
    public void What_is_compressed_decompresses_and_uses_the_dictionary()
    {
        using var compressor = new SpdyHeaderCompressor();
        using var decompressor = new SpdyHeaderDecompressor(64 * 1024);
        var block = Encoding.ASCII.GetBytes("proxy-authenticate proxy-authorization if-unmodified-since");
        var compressed = compressor.Compress(block);
        Assert.True(compressed.Length < block.Length / 2, $"{compressed.Length} bytes");
        Assert.Equal(block, decompressor.Decompress(compressed));
        for (var round = 0; round < 100; round++)
        {
            var next = Encoding.ASCII.GetBytes($"round {round} {new string('x', round * 37)}");
            Assert.Equal(next, decompressor.Decompress(compressor.Compress(next)));
        }
    }
}
