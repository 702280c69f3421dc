using System.IO.Compression;

namespace Petrel.Node.Logs;

/// <summary>The older files of one container log: 0.log.20240102-030405, and compressed with .gz behind.</summary>
internal static class RotatedLogs
{
    private const string CompressedSuffix = ".gz";
    private const string TemporarySuffix = ".tmp";

    /// <summary>Oldest first; their names sort by time.</summary>
    public static IReadOnlyList<string> List(string path) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(path)!)
            .Where(file => file.StartsWith(path + ".", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>Keeps the newest files, compressed, and removes the rest and what an interrupted rotation left.</summary>
    public static async Task TidyAsync(string path, int maxFiles, CancellationToken cancellationToken)
    {
        var files = List(path);
        var left = files.Where(file => IsLeftover(file, files)).ToList();
        var kept = files.Except(left).ToList();
        var excess = kept.Take(Math.Max(0, kept.Count - maxFiles)).ToList();
        foreach (var file in left.Concat(excess))
        {
            File.Delete(file);
        }

        foreach (var file in kept.Except(excess).Where(file => !file.EndsWith(CompressedSuffix, StringComparison.Ordinal)))
        {
            await CompressAsync(file, cancellationToken);
        }
    }

    private static bool IsLeftover(string file, IReadOnlyList<string> files) =>
        file.EndsWith(TemporarySuffix, StringComparison.Ordinal) || files.Contains(file + CompressedSuffix);

    private static async Task CompressAsync(string path, CancellationToken cancellationToken)
    {
        var temporary = path + TemporarySuffix;
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = File.GetUnixFileMode(path),
        };
        await using (var source = File.OpenRead(path))
        await using (var target = new GZipStream(new FileStream(temporary, options), CompressionLevel.Optimal))
        {
            await source.CopyToAsync(target, cancellationToken);
        }

        File.Move(temporary, path + CompressedSuffix, overwrite: true);
        File.Delete(path);
    }
}
