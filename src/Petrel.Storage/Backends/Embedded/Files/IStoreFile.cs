namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>One open file. Failures are <see cref="StoreUnavailableException"/>s that name it.</summary>
internal interface IStoreFile : IDisposable
{
    long Length { get; }

    /// <summary>Fills the buffer from a place in the file; returns fewer bytes only at the end of the file.</summary>
    int Read(Span<byte> buffer, long offset);

    void Write(ReadOnlySpan<byte> data, long offset);

    /// <summary>Returns when everything written is on the medium.</summary>
    void Sync();
}
