using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>Makes sure of some objects that every cluster has. Running it again is harmless.</summary>
public interface IBootstrapStep
{
    Task RunAsync(IApi api, CancellationToken cancellationToken);
}
