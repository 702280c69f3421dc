using Microsoft.Win32.SafeHandles;

namespace Petrel.Node.Logs;

/// <summary>Reads one log file line by line from any place; memory does not grow with the file.</summary>
internal sealed class LogFile : IDisposable
{
    /// <summary>Runtimes cut output into lines of 16 KiB; a longer line than this is no container log.</summary>
    public const int MaxLineBytes = 1024 * 1024;

    private const int BlockBytes = 32 * 1024;

    private readonly SafeFileHandle _handle;
    private readonly string _name;
    private byte[] _buffer = new byte[BlockBytes];
    private int _start;
    private int _end;
    private long _offset;

    private LogFile(SafeFileHandle handle, string fileName)
    {
        _handle = handle;
        _name = Path.Combine(Path.GetDirectoryName(NameNow()) ?? "/", fileName);
    }

    /// <summary>What was read and does not end in a newline: a line still being written, or the last of a broken file.</summary>
    public ReadOnlyMemory<byte> Incomplete => _buffer.AsMemory(_start, _end - _start);

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static LogFile Open(string path) =>
        new(File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), Path.GetFileName(path));

    /// <summary>Goes to the start of the last lines. Text after the last newline is not a line yet and comes after them.</summary>
    public void SeekToTail(long lines)
    {
        var block = new byte[BlockBytes];
        var position = RandomAccess.GetLength(_handle);
        var newlines = 0L;
        while (position > 0)
        {
            var length = (int)Math.Min(BlockBytes, position);
            position -= length;
            var read = RandomAccess.Read(_handle, block.AsSpan(0, length), position);
            for (var index = read - 1; index >= 0; index--)
            {
                if (block[index] == (byte)'\n' && newlines++ == lines)
                {
                    _offset = position + index + 1;
                    return;
                }
            }
        }

        _offset = 0;
    }

    /// <summary>The next line with its newline, valid until the next call; null when there is no whole line (yet).</summary>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="MaxLineBytes"/>.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var newline = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + newline + 1);
                _start += line.Length;
                return line;
            }

            searched = _end - _start;
            MakeRoom();
            var read = await RandomAccess.ReadAsync(_handle, _buffer.AsMemory(_end), _offset, cancellationToken);
            if (read == 0)
            {
                return null;
            }

            _offset += read;
            _end += read;
        }
    }

    /// <summary>Whether the file was renamed or removed since it was opened: rotation puts another in its place.</summary>
    public bool IsRenamed => NameNow() != _name;

    public void Dispose() => _handle.Dispose();

    /// <summary>The kernel shows an open file under its name of now, which saves comparing inodes.</summary>
    private string NameNow() =>
        File.ResolveLinkTarget($"/proc/self/fd/{_handle.DangerousGetHandle()}", returnFinalTarget: false)!.FullName;

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_buffer.Length - _end < BlockBytes / 2)
        {
            if (_buffer.Length >= MaxLineBytes)
            {
                throw new InvalidDataException($"a line is longer than {MaxLineBytes} bytes");
            }

            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
    }
}
