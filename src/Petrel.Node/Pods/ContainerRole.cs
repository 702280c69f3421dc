namespace Petrel.Node.Pods;

/// <summary>What a container of a pod is there for, which decides when it starts and ends.</summary>
internal enum ContainerRole
{
    /// <summary>Runs to its end before the next.</summary>
    Init,

    /// <summary>An init container that keeps running beside the others (KEP-753).</summary>
    Sidecar,

    Main,

    /// <summary>Added to a running pod to look at it; never restarted.</summary>
    Ephemeral,
}
