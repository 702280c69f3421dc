using System.Globalization;
using Petrel.Linux.Files;

namespace Petrel.Node.Volumes;

/// <summary>
/// A directory whose files change all at once: they lie in a directory named after the time, <c>..data</c> is a link to
/// it that is exchanged by one rename, and the names a reader sees are links through <c>..data</c>. The layout is the one
/// programs watch for.
/// </summary>
public sealed class AtomicDirectory(string path, TimeProvider time)
{
    private const string DataName = "..data";
    private const string NewDataName = "..data_tmp";

    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes the directory hold exactly these files. Does nothing, and returns false, when it does already.</summary>
    /// <exception cref="ArgumentException">A path leads out of the directory.</exception>
    public bool Write(IReadOnlyCollection<VolumeFile> files)
    {
        foreach (var file in files)
        {
            CheckPath(file.Path);
        }

        var dataLink = Path.Combine(path, DataName);
        var old = new FileInfo(dataLink).LinkTarget;
        if (old is not null && IsSame(Path.Combine(path, old), files))
        {
            return false;
        }

        var fresh = MakeDirectory();
        foreach (var file in files)
        {
            WriteFile(Path.Combine(path, fresh), file);
        }

        var newLink = Path.Combine(path, NewDataName);
        File.Delete(newLink);
        File.CreateSymbolicLink(newLink, fresh);
        FileRename.Replace(newLink, dataLink);

        LinkNames(files);
        if (old is not null && Directory.Exists(Path.Combine(path, old)))
        {
            Directory.Delete(Path.Combine(path, old), recursive: true);
        }

        return true;
    }

    private static void CheckPath(string file)
    {
        var elements = file.Split('/');
        if (file.Length == 0 || Path.IsPathRooted(file) || elements.Contains("..") || elements[0].StartsWith("..", StringComparison.Ordinal))
        {
            throw new ArgumentException($"invalid path \"{file}\": it must be relative, without '..' and not begin with '..'");
        }
    }

    private static bool IsSame(string directory, IReadOnlyCollection<VolumeFile> files) =>
        Directory.Exists(directory)
        && Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Count() == files.Count
        && files.All(file => Path.Combine(directory, file.Path) is var present
            && File.Exists(present) && File.GetUnixFileMode(present) == file.Mode && File.ReadAllBytes(present).AsSpan().SequenceEqual(file.Content.Span));

    private static void WriteFile(string directory, VolumeFile file)
    {
        var target = Path.Combine(directory, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!, DirectoryMode);
        File.WriteAllBytes(target, file.Content.Span);
        // Again after creation, which the process's umask had a part in.
        File.SetUnixFileMode(target, file.Mode);
    }

    private string MakeDirectory()
    {
        var stamp = time.GetUtcNow().ToString("yyyy_MM_dd_HH_mm_ss", CultureInfo.InvariantCulture);
        var name = $"..{stamp}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(Path.Combine(path, name), DirectoryMode);
        File.SetUnixFileMode(Path.Combine(path, name), DirectoryMode);
        return name;
    }

    /// <summary>Links for first path elements that are new; links of those that are gone are removed.</summary>
    private void LinkNames(IReadOnlyCollection<VolumeFile> files)
    {
        var names = files.Select(static file => file.Path.Split('/')[0]).ToHashSet();
        foreach (var present in new DirectoryInfo(path).EnumerateFileSystemInfos())
        {
            if (!present.Name.StartsWith("..", StringComparison.Ordinal) && !names.Remove(present.Name))
            {
                present.Delete();
            }
        }

        foreach (var name in names)
        {
            File.CreateSymbolicLink(Path.Combine(path, name), Path.Combine(DataName, name));
        }
    }
}
