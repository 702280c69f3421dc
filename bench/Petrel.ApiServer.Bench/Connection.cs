using System.Buffers.Text;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Petrel.Client.Http;

namespace Petrel.ApiServer.Bench;

/// <summary>
/// One client: one request after the other over one TLS connection, HTTP/1.1. Made for little work per request, since it
/// shares the processors with the server that is measured.
/// </summary>
internal sealed class Connection : IDisposable
{
    private const string Json = "application/json";

    private readonly SslStream _stream;
    private byte[] _buffer;
    private int _start;
    private int _end;

    private Connection(SslStream stream, int bufferBytes) => (_stream, _buffer) = (stream, new byte[bufferBytes]);

    /// <param name="bufferBytes">At first; it grows with what does not fit.</param>
    public static async Task<Connection> OpenAsync(HttpApiOptions options, int bufferBytes)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(options.Server.Host, options.Server.Port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(options.CertificateAuthorityPem);
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = options.Server.Host,
            CertificateChainPolicy = policy,
            ClientCertificateContext = SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(options.ClientCertificatePem, options.ClientKeyPem), null, offline: true),
        });
        return new Connection(stream, bufferBytes);
    }

    /// <summary>Makes a request and reads its answer to the end; gives the number of bytes in its body.</summary>
    public async Task<long> SendAsync(string method, string path, string body = "", string contentType = Json, string accept = Json)
    {
        await WriteAsync(method, path, body, contentType, accept);
        var (code, length) = await ReadHeadAsync();
        var total = length >= 0 ? await SkipAsync(length) : await SkipChunksAsync();
        return code is >= 200 and < 300 ? total : throw new InvalidOperationException($"{method} {path} was answered with {code}");
    }

    /// <summary>Starts a request whose answer comes bit by bit.</summary>
    public async Task StartAsync(string path)
    {
        await WriteAsync("GET", path, "", "", Json);
        await ReadHeadAsync();
    }

    /// <summary>What has come next; empty when it has ended.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        if (_start == _end && !await FillAsync())
        {
            return default;
        }

        var read = _buffer.AsMemory(_start, _end - _start);
        _start = _end;
        return read;
    }

    public void Dispose() => _stream.Dispose();

    private async Task WriteAsync(string method, string path, string body, string contentType, string accept)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n")
            + (body.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"Content-Type: {contentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n") : "\r\n");
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(head + body));
    }

    /// <summary>Status code, and length of the body or -1 when it comes in chunks.</summary>
    private async Task<(int Code, long Length)> ReadHeadAsync()
    {
        int end;
        while ((end = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync())
            {
                throw new EndOfStreamException("the server closed the connection");
            }
        }

        var head = _buffer.AsSpan(_start, end);
        var code = (int)Number(head[9..]);
        var at = head.IndexOf("Content-Length: "u8);
        var length = at >= 0 ? Number(head[(at + 16)..]) : -1;
        _start += end + 4;
        return (code, length);
    }

    private async Task<long> SkipAsync(long length)
    {
        var left = length;
        while (true)
        {
            var take = (int)Math.Min(left, _end - _start);
            _start += take;
            left -= take;
            if (left == 0)
            {
                return length;
            }

            if (!await FillAsync())
            {
                throw new EndOfStreamException("the server closed the connection");
            }
        }
    }

    private async Task<long> SkipChunksAsync()
    {
        var total = 0L;
        while (true)
        {
            int line;
            while ((line = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
            {
                await FillAsync();
            }

            var size = Number(_buffer.AsSpan(_start, line), 'x');
            _start += line + 2;
            await SkipAsync(size + 2);
            if (size == 0)
            {
                return total;
            }

            total += size;
        }
    }

    private static long Number(ReadOnlySpan<byte> text, char format = default) =>
        Utf8Parser.TryParse(text, out long number, out _, format) ? number : throw new InvalidDataException("the server's answer is no HTTP");

    private async ValueTask<bool> FillAsync()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            if (_start == 0)
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
            else
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
            }
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end));
        _end += read;
        return read > 0;
    }
}
