using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>Makes the objects that every cluster has, in this order, each time the server starts.</summary>
/// <param name="addOns">What this cluster has besides.</param>
public sealed class ClusterBootstrap(DefaultServiceRanges ranges, KubernetesService service, string clientAuthorityPem, params IReadOnlyList<IBootstrapStep> addOns)
{
    private readonly IReadOnlyList<IBootstrapStep> _steps =
    [
        new SystemNamespaces(),
        new BootstrapPolicy(),
        new ClientAuthorityConfigMap(clientAuthorityPem),
        ranges,
        service,
        .. addOns,
    ];

    /// <param name="api">As the administrator: only he may hand out every permission.</param>
    public async Task RunAsync(IApi api, CancellationToken cancellationToken)
    {
        foreach (var step in _steps)
        {
            await step.RunAsync(api, cancellationToken);
        }
    }
}
