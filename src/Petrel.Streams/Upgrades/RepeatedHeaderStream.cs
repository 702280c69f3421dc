using System.Buffers;

namespace Petrel.Streams.Upgrades;

/// <summary>
/// Writes a header of several values as a line for each, which .NET's HTTP client does not: it joins them by commas, and a
/// receiver that takes a value as it is, as Kubernetes does with groups, sees one strange value. Who sends joins the values
/// by <see cref="Separator"/> instead. Holds for the first request of a connection, so that no body is ever looked into.
/// </summary>
/// <param name="inner">The connection, in plain text.</param>
/// <param name="prefix">Beginning of the names of the headers concerned; a value of another one stays whole.</param>
public sealed class RepeatedHeaderStream(Stream inner, string prefix) : Stream
{
    /// <summary>Between two values; none may contain it.</summary>
    public const char Separator = '\u0001';

    /// <summary>A head that is longer is not sent.</summary>
    private const int HeadBytesMax = 1024 * 1024;

    private readonly byte[] _prefix = System.Text.Encoding.ASCII.GetBytes(prefix);
    private ArrayBufferWriter<byte>? _head = new();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(Rewritten(buffer.AsMemory(offset, count)).Span);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(Rewritten(buffer), cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Nothing until the head is whole, then it and what came with it; from then on what is written.
    private ReadOnlyMemory<byte> Rewritten(ReadOnlyMemory<byte> bytes)
    {
        if (_head is null)
        {
            return bytes;
        }

        _head.Write(bytes.Span);
        var end = _head.WrittenSpan.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return _head.WrittenCount <= HeadBytesMax ? default : throw new IOException("the head of a request is too long");
        }

        var output = new ArrayBufferWriter<byte>(_head.WrittenCount);
        var lines = _head.WrittenSpan[..(end + 2)];
        while (!lines.IsEmpty)
        {
            var length = lines.IndexOf("\r\n"u8) + 2;
            WriteLine(output, lines[..length]);
            lines = lines[length..];
        }

        output.Write(_head.WrittenSpan[(end + 2)..]);
        _head = null;
        return output.WrittenMemory;
    }

    private void WriteLine(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon < 0 || colon + 2 > line.Length || !System.Text.Ascii.EqualsIgnoreCase(line[..Math.Min(_prefix.Length, line.Length)], _prefix) || line.IndexOf((byte)Separator) < 0)
        {
            output.Write(line);
            return;
        }

        var values = line[(colon + 2)..^2];
        foreach (var range in values.Split((byte)Separator))
        {
            output.Write(line[..(colon + 2)]);
            output.Write(values[range]);
            output.Write("\r\n"u8);
        }
    }
}
