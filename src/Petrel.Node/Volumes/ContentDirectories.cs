namespace Petrel.Node.Volumes;

/// <summary>Directories whose files come from the API, in memory when they are not for the disk.</summary>
internal sealed class ContentDirectories(MemoryFileSystems memory, TimeProvider time)
{
    /// <summary>Makes the volume hold exactly these files.</summary>
    /// <returns>The volume's directory.</returns>
    public string Write(PodVolume volume, string plugin, bool inMemory, IReadOnlyCollection<VolumeFile> files)
    {
        var directory = volume.Directory(plugin);
        if (!volume.IsKnown)
        {
            EmptyDirectory.Make(directory, volume.FsGroup, afterwards: inMemory ? () => memory.Mount(volume.Pod, directory, limit: null) : null);
        }

        new AtomicDirectory(directory, time, volume.FsGroup).Write(files);
        return directory;
    }
}
