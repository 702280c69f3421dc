using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.OpenApi;

/// <summary>A document in gzip form.</summary>
internal sealed class CompressedDocument
{
    private readonly byte[] _gzip;
    private readonly int _length;

    private CompressedDocument(byte[] gzip, int length)
    {
        _gzip = gzip;
        _length = length;
    }

    public static CompressedDocument Of(ReadOnlySpan<byte> plain)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return new CompressedDocument(compressed.ToArray(), plain.Length);
    }

    /// <summary>Sends the document, as it is to clients that take gzip and unpacked to others.</summary>
    public async Task WriteAsync(HttpContext context, bool acceptsGzip)
    {
        context.Response.Headers.Append("Vary", "Accept-Encoding");
        if (acceptsGzip)
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.ContentLength = _gzip.Length;
            await context.Response.Body.WriteAsync(_gzip, context.RequestAborted);
            return;
        }

        context.Response.ContentLength = _length;
        await using var unpacked = new GZipStream(new MemoryStream(_gzip, writable: false), CompressionMode.Decompress);
        await unpacked.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
