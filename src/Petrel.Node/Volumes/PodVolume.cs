using Petrel.Api.Core;

namespace Petrel.Node.Volumes;

/// <summary>A volume of a pod and its places on the node.</summary>
/// <param name="PodDirectory">Absolute, without links.</param>
internal sealed record PodVolume(Pod Pod, Volume Volume, string PodDirectory)
{
    public string Name => Volume.Name;

    public long? FsGroup => Pod.Spec.SecurityContext?.FsGroup;

    /// <summary>Whether the volume was there already when this call began: what is done once need not be done again.</summary>
    public bool IsKnown { get; init; }

    /// <param name="plugin">E.g. <c>kubernetes.io~secret</c>.</param>
    public string Directory(string plugin) => Path.Combine(PodDirectory, "volumes", plugin, Name);

    /// <summary>Where a plugin notes what it did.</summary>
    public string NotesDirectory(string plugin) => Path.Combine(PodDirectory, "plugins", plugin, Name);
}
