using System.Buffers;
using System.IO.Pipelines;

namespace Petrel.Node.Logs;

/// <summary>Selects lines and writes their text the way kubectl logs shows it.</summary>
internal sealed class LogOutput(LogOptions options, PipeWriter writer)
{
    /// <summary>Written bytes are handed on at least this often.</summary>
    private const int FlushBytes = 32 * 1024;

    private const int MaxTimeBytes = 40;

    private long _remaining = options.LimitBytes ?? long.MaxValue;
    private bool _atLineStart = true;
    private bool _anyLine;
    private bool _started;
    private int _unflushed;

    /// <summary>The limit on bytes is reached, or the client is gone.</summary>
    public bool IsDone { get; private set; }

    public bool IsFlushDue => _unflushed >= FlushBytes;

    /// <summary>One line of the file. Lines that are not in the format are left out, unless it is the first: then the file is no log.</summary>
    /// <exception cref="InvalidDataException">The first line is not in the format.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (!LogLine.TryParse(bytes, out var line))
        {
            if (!_anyLine)
            {
                throw new InvalidDataException("unsupported log format");
            }

            return;
        }

        _anyLine = true;
        if (line.Time >= (options.Since ?? DateTimeOffset.MinValue) && IsSelected(line))
        {
            if (options.Timestamps && _atLineStart)
            {
                WriteTime(line);
            }

            Put(line.Text);
        }

        _atLineStart = line.Text.IsEmpty || line.Text[^1] == (byte)'\n';
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        // The first time even with nothing to show: a client that follows learns that it is served.
        if (_unflushed > 0 || !_started)
        {
            _started = true;
            _unflushed = 0;
            IsDone |= (await writer.FlushAsync(cancellationToken)).IsCompleted;
        }
    }

    private bool IsSelected(LogLine line) => options.Stream switch
    {
        LogStream.Stdout => !line.IsStderr,
        LogStream.Stderr => line.IsStderr,
        _ => true,
    };

    private void WriteTime(LogLine line)
    {
        Span<byte> time = stackalloc byte[MaxTimeBytes];
        var length = line.WriteTime(time);
        time[length++] = (byte)' ';
        Put(time[..length]);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        var written = bytes[..(int)Math.Min(bytes.Length, _remaining)];
        writer.Write(written);
        _remaining -= written.Length;
        _unflushed += written.Length;
        IsDone |= _remaining == 0;
    }
}
