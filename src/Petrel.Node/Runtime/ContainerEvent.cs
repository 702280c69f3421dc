namespace Petrel.Node.Runtime;

/// <summary>Something that happened to a container or, under its id, to a sandbox.</summary>
public sealed record ContainerEvent(string ContainerId, ContainerEventKind Kind);

/// <summary>What happened.</summary>
public enum ContainerEventKind
{
    Created,
    Started,
    Stopped,
    Deleted,

    /// <summary>The memory limit had a process of it killed; the container may go on.</summary>
    OutOfMemory,
}
