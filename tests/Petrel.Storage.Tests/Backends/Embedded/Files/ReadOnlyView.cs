using Petrel.Storage.Backends.Embedded.Files;

namespace Petrel.Storage.Tests.Backends.Embedded.Files;

/// <summary>A disk whose content stays as it is: what is written to it is dropped.</summary>
internal sealed class ReadOnlyView(IStoreFiles files) : IStoreFiles
{
    public string PathOf(string name) => files.PathOf(name);

    public IReadOnlyList<string> List() => files.List();

    public IStoreFile Open(string name) => new ReadOnlyFile(files.Open(name));

    public IStoreFile Create(string name, long size) => new ReadOnlyFile(new SimulatedDisk(0).Create(name, size));

    public void Rename(string from, string to)
    {
    }

    public void Delete(string name)
    {
    }

    public void SyncDirectory()
    {
    }

    public void Dispose()
    {
    }

    private sealed class ReadOnlyFile(IStoreFile file) : IStoreFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> data, long offset)
        {
        }

        public void Sync()
        {
        }

        public void Dispose() => file.Dispose();
    }
}
