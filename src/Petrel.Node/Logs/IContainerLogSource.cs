namespace Petrel.Node.Logs;

/// <summary>Finds the log of a container of this node.</summary>
public interface IContainerLogSource
{
    /// <param name="podNamespace">The pod's namespace.</param>
    /// <param name="pod">The pod's name.</param>
    /// <param name="container">Name of a regular, init or ephemeral container.</param>
    /// <param name="previous">The instance before the current one.</param>
    /// <param name="cancellationToken">The client is gone.</param>
    Task<ContainerLog> FindAsync(string podNamespace, string pod, string container, bool previous, CancellationToken cancellationToken);
}
