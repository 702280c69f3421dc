using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>Makes sure of some objects that every cluster has. Running it again is harmless.</summary>
public interface IBootstrapStep
{
    /// <summary>Upstream's name for the step, as health checks have it; null for one that no check tells of.</summary>
    string? Hook => null;

    Task RunAsync(IApi api, CancellationToken cancellationToken);
}
