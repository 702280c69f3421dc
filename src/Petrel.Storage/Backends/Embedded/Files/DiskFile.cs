using Microsoft.Win32.SafeHandles;

namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>A file on a real disk.</summary>
internal sealed class DiskFile(string path, SafeFileHandle handle) : IStoreFile
{
    public long Length => RandomAccess.GetLength(handle);

    public int Read(Span<byte> buffer, long offset)
    {
        try
        {
            var total = 0;
            int count;
            while (total < buffer.Length && (count = RandomAccess.Read(handle, buffer[total..], offset + total)) > 0)
            {
                total += count;
            }

            return total;
        }
        catch (IOException reason)
        {
            throw FileFailure.Of(path, reason);
        }
    }

    public void Write(ReadOnlySpan<byte> data, long offset)
    {
        try
        {
            RandomAccess.Write(handle, data, offset);
        }
        catch (IOException reason)
        {
            throw FileFailure.Of(path, reason);
        }
    }

    public void Sync() => FileFailure.Run(path, () => NativeFile.SyncData(handle));

    /// <summary>Reserves the blocks now, so that running out of space shows here and not in the middle of a write.</summary>
    public void Allocate(long size) => FileFailure.Run(path, () => NativeFile.Allocate(handle, size));

    public void Dispose() => handle.Dispose();
}
