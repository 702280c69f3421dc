using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.OpenApi;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Responses;

/// <summary>
/// Sends the body of an answer: with its length when it is known, long ones in large pieces, and from <see cref="GzipBytesMin"/> on compressed
/// when the client takes gzip (upstream's APIResponseCompression).
/// </summary>
/// <param name="expectedBytes">About how long the body will be.</param>
internal sealed class AnswerBody(HttpContext context, long expectedBytes) : IAsyncDisposable
{
    /// <summary>Shorter bodies are sent as they are: compressing them takes longer than sending them.</summary>
    public const int GzipBytesMin = 128 * 1024;

    /// <summary>
    /// Bytes of a long answer that are encrypted and handed to the socket at once: four records of TLS. A writer's own blocks are a sixteenth of it,
    /// with which a long answer takes twice the time.
    /// </summary>
    public const int PieceBytes = 64 * 1024;

    private Stream? _gzip;
    private bool _isBegun;

    /// <summary>Sends a body that is there as a whole.</summary>
    public static async Task SendAsync(HttpContext context, ReadOnlyMemory<byte> whole)
    {
        await using var body = new AnswerBody(context, whole.Length);
        await body.SendAsync(whole, isLast: true);
    }

    /// <summary>Sends what was written into the body itself.</summary>
    public static Task FlushAsync(HttpContext context)
    {
        var output = context.Response.BodyWriter;
        Count(context, output.UnflushedBytes);
        return output.FlushAsync(context.RequestAborted).AsTask();
    }

    /// <param name="isLast">Nothing follows: what comes first and last is the whole, whose length is told.</param>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, bool isLast)
    {
        if (!_isBegun)
        {
            Begin(bytes.Length, isLast);
        }

        if (_gzip is null)
        {
            await SendPlainAsync(bytes);
            return;
        }

        Count(context, bytes.Length);
        await _gzip.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Ends a compressed body.</summary>
    public ValueTask DisposeAsync() => _gzip?.DisposeAsync() ?? default;

    private void Begin(int length, bool isWhole)
    {
        _isBegun = true;
        var headers = context.Response.Headers;
        if ((isWhole ? length : expectedBytes) >= GzipBytesMin && AcceptedTypes.IncludeGzip(context.Request.Headers.AcceptEncoding))
        {
            headers.ContentEncoding = "gzip";
            headers.Append("Vary", "Accept-Encoding");
            var output = new BufferedStream(context.Response.BodyWriter.AsStream(leaveOpen: true), PieceBytes);
            _gzip = new GZipStream(output, CompressionLevel.Fastest);
        }
        else if (isWhole)
        {
            headers.ContentLength = length;
        }
    }

    private async Task SendPlainAsync(ReadOnlyMemory<byte> bytes)
    {
        var output = context.Response.BodyWriter;
        do
        {
            var piece = bytes.Length > PieceBytes ? bytes[..PieceBytes] : bytes;
            piece.CopyTo(output.GetMemory(piece.Length));
            output.Advance(piece.Length);
            await FlushAsync(context);
            bytes = bytes[piece.Length..];
        }
        while (!bytes.IsEmpty);
    }

    private static void Count(HttpContext context, long bytes)
    {
        if (context.Features.Get<RequestContext>() is { } request)
        {
            request.AnswerBytes += bytes;
        }
    }
}
