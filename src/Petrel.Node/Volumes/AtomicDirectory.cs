using System.Globalization;
using Petrel.Linux.Files;

namespace Petrel.Node.Volumes;

/// <summary>
/// A directory whose files change all at once: they lie in a directory named after the time, <c>..data</c> is a link to
/// it that is exchanged by one rename, and the names a reader sees are links through <c>..data</c>. The layout is the one
/// programs watch for.
/// </summary>
/// <param name="group">Group that owns the files and may read them (API field fsGroup); null for root's, without more rights.</param>
public sealed class AtomicDirectory(string path, TimeProvider time, long? group = null)
{
    private const string DataName = "..data";
    private const string NewDataName = "..data_tmp";

    private const UnixFileMode DirectoryMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // What a group is given beside ownership, upstream's bits for volumes that are read only: 0440, and for directories 02550.
    private const UnixFileMode GroupFileMode = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private const UnixFileMode GroupDirectoryMode = GroupFileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.SetGroup;

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
            // Names again: the program may have ended between the exchange and them.
            LinkNames(files);
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
        DeleteOthers(fresh);
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

    private bool IsSame(string directory, IReadOnlyCollection<VolumeFile> files) =>
        Directory.Exists(directory)
        && Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories).Count() == files.Count
        && files.All(file => Path.Combine(directory, file.Path) is var present
            && File.Exists(present) && File.GetUnixFileMode(present) == ModeOf(file) && File.ReadAllBytes(present).AsSpan().SequenceEqual(file.Content.Span));

    private UnixFileMode ModeOf(VolumeFile file) => group is null ? file.Mode : file.Mode | GroupFileMode;

    private void WriteFile(string directory, VolumeFile file)
    {
        for (var slash = file.Path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = file.Path.IndexOf('/', slash + 1))
        {
            Make(Path.Combine(directory, file.Path[..slash]));
        }

        var target = Path.Combine(directory, file.Path);
        File.WriteAllBytes(target, file.Content.Span);
        if (file.Owner is not null || group is not null)
        {
            FileOwner.Change(target, file.Owner, (uint?)group);
        }

        // After creation, which the process's umask had a part in, and after the change of owner, which takes bits away.
        File.SetUnixFileMode(target, ModeOf(file));
    }

    private string MakeDirectory()
    {
        var stamp = time.GetUtcNow().ToString("yyyy_MM_dd_HH_mm_ss", CultureInfo.InvariantCulture);
        var name = $"..{stamp}.{Guid.NewGuid():N}";
        Make(Path.Combine(path, name));
        return name;
    }

    private void Make(string directory)
    {
        Directory.CreateDirectory(directory, DirectoryMode);
        if (group is not null)
        {
            FileOwner.Change(directory, null, (uint?)group);
        }

        File.SetUnixFileMode(directory, group is null ? DirectoryMode : DirectoryMode | GroupDirectoryMode);
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

    /// <summary>The files from before the change, and what a change that was interrupted left behind.</summary>
    private void DeleteOthers(string current)
    {
        foreach (var present in Directory.EnumerateDirectories(path, "..*").Where(present => new FileInfo(present).LinkTarget is null && Path.GetFileName(present) != current))
        {
            Directory.Delete(present, recursive: true);
        }
    }
}
