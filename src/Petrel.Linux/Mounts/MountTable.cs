using System.Text;

namespace Petrel.Linux.Mounts;

/// <summary>The mounts this process sees: /proc/self/mountinfo (proc_pid_mountinfo(5)).</summary>
public static class MountTable
{
    private const string Source = "/proc/self/mountinfo";

    /// <summary>All mounts, in the order they were made.</summary>
    public static IReadOnlyList<MountEntry> Read() => [.. File.ReadLines(Source).Select(Parse)];

    /// <summary>Whether a mount sits exactly at this path. Symbolic links are not followed.</summary>
    public static bool IsMountPoint(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Read().Any(mount => mount.Target == full);
    }

    /// <summary>Mount points at and below a directory, innermost first: the order to remove them in.</summary>
    public static IReadOnlyList<string> Below(string directory)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return [.. Read().Select(mount => mount.Target).Where(target => target == full || target.StartsWith(full + "/", StringComparison.Ordinal)).Reverse()];
    }

    internal static MountEntry Parse(string line)
    {
        // id parent major:minor root target options optional... - type source super-options
        var separator = line.IndexOf(" - ", StringComparison.Ordinal);
        var mount = line[..separator].Split(' ');
        var fileSystem = line[(separator + 3)..].Split(' ');
        return new MountEntry
        {
            Target = Unescape(mount[4]),
            Root = Unescape(mount[3]),
            Options = mount[5].Split(','),
            Propagation = mount[6..],
            FileSystem = fileSystem[0],
            Source = Unescape(fileSystem[1]),
            SuperOptions = fileSystem[2].Split(','),
        };
    }

    /// <summary>Space, tab, newline and backslash come as a backslash and three octal digits.</summary>
    private static string Unescape(string field)
    {
        if (!field.Contains('\\', StringComparison.Ordinal))
        {
            return field;
        }

        var plain = new StringBuilder(field.Length);
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + 3 < field.Length && field.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0)
            {
                plain.Append((char)(((field[i + 1] - '0') * 64) + ((field[i + 2] - '0') * 8) + (field[i + 3] - '0')));
                i += 3;
            }
            else
            {
                plain.Append(field[i]);
            }
        }

        return plain.ToString();
    }
}
