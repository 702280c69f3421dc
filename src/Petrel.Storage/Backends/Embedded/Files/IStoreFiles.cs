namespace Petrel.Storage.Backends.Embedded.Files;

/// <summary>
/// The files of one store directory: the few operations whose order and failures decide what survives a crash. Tests
/// replace it by a disk that loses whatever was not synced.
/// </summary>
internal interface IStoreFiles : IDisposable
{
    /// <summary>For messages: what to call a file of this directory.</summary>
    string PathOf(string name);

    IReadOnlyList<string> List();

    /// <summary>Opens an existing file.</summary>
    IStoreFile Open(string name);

    /// <summary>Makes an empty file, replacing one of that name, with room for <paramref name="size"/> bytes that read as zeros.</summary>
    IStoreFile Create(string name, long size);

    /// <summary>Gives a file another name, replacing a file that has it. Durable after <see cref="SyncDirectory"/>.</summary>
    void Rename(string from, string to);

    void Delete(string name);

    /// <summary>Makes creations, renames and deletions durable.</summary>
    void SyncDirectory();
}
