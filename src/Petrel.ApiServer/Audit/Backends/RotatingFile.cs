using System.Globalization;
using System.IO.Compression;

namespace Petrel.ApiServer.Audit.Backends;

/// <summary>
/// A file for logs that is begun anew when it gets large. The old one gets the time in its name; those that are too old or too many are removed.
/// One writer at a time.
/// </summary>
internal sealed class RotatingFile : Stream
{
    private const string TimeFormat = "yyyy-MM-ddTHH-mm-ss.fff";
    private const int Megabyte = 1024 * 1024;
    private const int UsualMegabytes = 100;

    private readonly AuditLogOptions _options;
    private readonly TimeProvider _time;
    private readonly long _sizeMax;
    private FileStream _file;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public RotatingFile(AuditLogOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _sizeMax = (options.MaxSize == 0 ? UsualMegabytes : options.MaxSize) * (long)Megabyte;
        if (!OperatingSystem.IsWindows() && Path.GetDirectoryName(Path.GetFullPath(options.Path)) is { } folder && !Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _file = Open();
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _file.Length;

    public override long Position
    {
        get => _file.Position;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_file.Length > 0 && _file.Length + buffer.Length > _sizeMax)
        {
            Rotate();
        }

        _file.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => _file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private FileStream Open()
    {
        // What cannot be written fails at once, not when the file is closed: nothing is buffered.
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(_options.Path, options);
    }

    private void Rotate()
    {
        _file.Dispose();
        var extension = Path.GetExtension(_options.Path);
        var backup = $"{_options.Path[..^extension.Length]}-{_time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{extension}";
        File.Move(_options.Path, backup, overwrite: true);
        _file = Open();
        if (_options.Compress)
        {
            Pack(backup);
        }

        RemoveOld(extension);
    }

    private static void Pack(string path)
    {
        using (var plain = File.OpenRead(path))
        using (var packed = new GZipStream(File.Create(path + ".gz"), CompressionLevel.Optimal))
        {
            plain.CopyTo(packed);
        }

        File.Delete(path);
    }

    private void RemoveOld(string extension)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(_options.Path))!;
        var prefix = Path.GetFileName(_options.Path)[..^extension.Length] + "-";
        var backups = Directory.EnumerateFiles(folder, prefix + "*")
            .Select(path => (Path: path, Time: TimeOf(Path.GetFileName(path)[prefix.Length..], extension)))
            .Where(static each => each.Time is not null)
            .OrderByDescending(static each => each.Time)
            .ToList();
        var oldest = _options.MaxAge == 0 ? DateTime.MinValue : _time.GetUtcNow().UtcDateTime.AddDays(-_options.MaxAge);
        var kept = _options.MaxBackup == 0 ? int.MaxValue : _options.MaxBackup;
        foreach (var (path, _) in backups.Where((each, index) => index >= kept || each.Time < oldest))
        {
            File.Delete(path);
        }
    }

    private static DateTime? TimeOf(string rest, string extension)
    {
        rest = rest.EndsWith(".gz", StringComparison.Ordinal) ? rest[..^3] : rest;
        return rest.EndsWith(extension, StringComparison.Ordinal)
            && DateTime.TryParseExact(rest[..^extension.Length], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }
}
