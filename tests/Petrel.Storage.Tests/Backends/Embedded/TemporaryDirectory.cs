namespace Petrel.Storage.Tests.Backends.Embedded;

internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("petrel-storage-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
