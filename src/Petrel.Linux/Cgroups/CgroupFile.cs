using System.Globalization;

namespace Petrel.Linux.Cgroups;

/// <summary>Reads and writes the small files of a cgroup's directory.</summary>
internal static class CgroupFile
{
    /// <exception cref="IOException">The kernel refused the value; the message names the file.</exception>
    public static void Write(string directory, string file, string value)
    {
        var path = Path.Combine(directory, file);
        try
        {
            // The file must exist: a cgroup's directory takes no others.
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"write {value} to {path}: {e.Message}", e);
        }
    }

    public static void Write(string directory, string file, long value) => Write(directory, file, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The file's text without its last line end; null when the file or the cgroup is not there.</summary>
    public static string? Read(string directory, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, file)).TrimEnd('\n');
        }
        catch (IOException)
        {
            // Not found, or ENODEV: the cgroup was removed between open and read.
            return null;
        }
    }

    public static ulong ReadNumber(string directory, string file) =>
        ulong.TryParse(Read(directory, file), CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The lines "key number" of a file; empty when it is not there.</summary>
    public static Dictionary<string, ulong> ReadTable(string directory, string file)
    {
        var table = new Dictionary<string, ulong>();
        foreach (var line in (Read(directory, file) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && ulong.TryParse(line.AsSpan(space + 1), CultureInfo.InvariantCulture, out var number))
            {
                table[line[..space]] = number;
            }
        }

        return table;
    }
}
