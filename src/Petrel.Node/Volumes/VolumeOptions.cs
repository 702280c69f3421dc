using Petrel.Api;

namespace Petrel.Node.Volumes;

/// <summary>Where volumes are kept and what bounds them.</summary>
public sealed record VolumeOptions
{
    /// <summary>Directory of the node agent; volumes are below <c>pods/UID/volumes</c>: <c>--root-dir</c>.</summary>
    public string RootDirectory { get; init; } = "/var/lib/kubelet";

    /// <summary>
    /// What the node has to give to pods, asked each time: bounds volumes in memory, and is the value of limits that a
    /// container leaves out in files of the downward API.
    /// </summary>
    public Func<ApiMap<Quantity>> Allocatable { get; init; } = static () => default;
}
