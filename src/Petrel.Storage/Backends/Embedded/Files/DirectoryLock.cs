using System.Globalization;

namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>
/// Keeps other processes out of a directory: an flock(2) on a file, of which the system lets go when the process ends,
/// however it ends. A second file names the owner: the framework cannot read a file past its lock.
/// </summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string LockName = "lock";
    private const string OwnerName = "owner";

    private readonly FileStream _file;

    /// <exception cref="StoreUnavailableException">Another process, or another store in this one, has the lock.</exception>
    public DirectoryLock(string directory)
    {
        var path = Path.Combine(directory, LockName);
        var owner = Path.Combine(directory, OwnerName);
        try
        {
            // The framework takes an exclusive flock for FileShare.None.
            _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException reason) when (File.Exists(path))
        {
            throw new StoreUnavailableException(
                $"The store '{directory}' is in use by {Describe(owner)}. Stop that process, or use another directory.", reason);
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            throw FileFailure.Of(path, reason);
        }

        try
        {
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // The disk is full. Only the message to a second process suffers; what is stored must be readable all the same.
        }
    }

    // The file stays: deleting it would let a second owner lock a new file while a third still waits for the old one.
    public void Dispose() => _file.Dispose();

    private static string Describe(string owner) =>
        File.Exists(owner) && int.TryParse(File.ReadAllText(owner), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? $"process {pid}"
            : "another process";
}
