using Petrel.Api.Features;
using Petrel.ApiServer.Bootstrap.FlowControl;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>
/// Makes the objects that every cluster has, each time the server starts: first the namespaces, then everything that lives in
/// them or needs none, side by side, and last what needs the service of the API.
/// </summary>
/// <param name="features">What of the objects comes with features.</param>
/// <param name="addOns">What this cluster has besides.</param>
public sealed class ClusterBootstrap(DefaultServiceRanges ranges, KubernetesService service, ClientAuthorityConfigMap authorities, FeatureGates features, params IReadOnlyList<IBootstrapStep> addOns)
{
    private readonly IReadOnlyList<IReadOnlyList<IBootstrapStep>> _stages =
    [
        [new SystemNamespaces()],
        [new BootstrapPolicy(features), new SystemPriorityClasses(), new FlowControlObjects(), authorities, ranges],
        [service],
        addOns,
    ];

    /// <param name="api">As the administrator: only he may hand out every permission.</param>
    /// <param name="progress">Told of the steps that are done.</param>
    public async Task RunAsync(IApi api, BootstrapProgress progress, CancellationToken cancellationToken)
    {
        foreach (var stage in _stages)
        {
            await Task.WhenAll(stage.Select(step => RunAsync(step, api, progress, cancellationToken)));
        }
    }

    private static async Task RunAsync(IBootstrapStep step, IApi api, BootstrapProgress progress, CancellationToken cancellationToken)
    {
        await step.RunAsync(api, cancellationToken);
        if (step.Hook is { } hook)
        {
            progress.Finish(hook);
        }
    }
}
