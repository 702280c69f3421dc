namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>A real directory, which this process owns for as long as the instance lives.</summary>
internal sealed class DirectoryFiles : IStoreFiles
{
    private readonly string _directory;
    private readonly DirectoryLock _lock;

    /// <summary>Makes the directory if need be and takes possession of it.</summary>
    /// <exception cref="StoreUnavailableException">Another process owns it, or it cannot be used.</exception>
    public DirectoryFiles(string directory)
    {
        _directory = Path.GetFullPath(directory);
        FileFailure.Run(_directory, () =>
        {
            // Objects hold secrets: nobody else may look.
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(_directory);
            }
            else
            {
                Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        });
        _lock = new DirectoryLock(_directory);
    }

    public string PathOf(string name) => Path.Combine(_directory, name);

    public IReadOnlyList<string> List() =>
        FileFailure.Run(_directory, () => Directory.EnumerateFiles(_directory).Select(path => Path.GetFileName(path)).ToArray());

    public IStoreFile Open(string name)
    {
        var path = PathOf(name);
        return FileFailure.Run(path, () => new DiskFile(path, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read)));
    }

    public IStoreFile Create(string name, long size)
    {
        var path = PathOf(name);
        var file = FileFailure.Run(path, () => new DiskFile(path, File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read)));
        try
        {
            file.Allocate(size);
            return file;
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public void Rename(string from, string to) =>
        FileFailure.Run(PathOf(from), () => File.Move(PathOf(from), PathOf(to), overwrite: true));

    public void Delete(string name) => FileFailure.Run(PathOf(name), () => File.Delete(PathOf(name)));

    public void SyncDirectory() => FileFailure.Run(_directory, () => NativeFile.SyncDirectory(_directory));

    public void Dispose() => _lock.Dispose();
}
