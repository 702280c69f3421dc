using Petrel.Api;
using Petrel.Api.FlowControl;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap.FlowControl;

/// <summary>The flow schemas and priority levels that every cluster has: the mandatory ones always, the suggested ones as their administrator leaves them.</summary>
internal sealed class FlowControlObjects : IBootstrapStep
{
    public string Hook => BootstrapProgress.FlowControl;

    public Task RunAsync(IApi api, CancellationToken cancellationToken) => Task.WhenAll(
        EnsureAsync(api, BuiltInPriorityLevels.Mandatory, BuiltInPriorityLevels.Suggested, FlowControlReconciliation.Reconcile, cancellationToken),
        EnsureAsync(api, BuiltInFlowSchemas.Mandatory, BuiltInFlowSchemas.Suggested, FlowControlReconciliation.Reconcile, cancellationToken));

    // A round with nothing to do, which is nearly every one, costs one list; writes go out together, so that the store commits them in one go.
    private static async Task EnsureAsync<T>(
        IApi api, IReadOnlyList<T> mandatory, IReadOnlyList<T> suggested, Func<T, T, bool, T?> reconcile, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var list = await api.ListAsync<T>(null, new ListOptions(), cancellationToken);
        var stored = list.Items.ToDictionary(static value => value.Metadata.Name);
        var mandatoryNames = mandatory.Select(static value => value.Metadata.Name).ToHashSet();
        var wanted = mandatory.Concat(suggested).ToDictionary(static value => value.Metadata.Name);
        var writes = wanted.Values
            .Where(value => !stored.TryGetValue(value.Metadata.Name, out var old) || reconcile(old, value, mandatoryNames.Contains(value.Metadata.Name)) is not null)
            .Select(value => api.EnsureAsync(
                FlowControlReconciliation.Marked(value), old => reconcile(old, value, mandatoryNames.Contains(value.Metadata.Name)), cancellationToken));
        var removals = stored.Values
            .Where(value => !wanted.ContainsKey(value.Metadata.Name) && FlowControlReconciliation.IsLeftOver(value.Metadata))
            .Select(value => RemoveAsync(api, value, cancellationToken));
        await Task.WhenAll([.. writes, .. removals]);
    }

    private static async Task RemoveAsync<T>(IApi api, T leftOver, CancellationToken cancellationToken) where T : ApiObject, IResource<T>
    {
        var unchanged = new Preconditions { Uid = leftOver.Metadata.Uid, ResourceVersion = leftOver.Metadata.ResourceVersion };
        try
        {
            await api.DeleteAsync<T>(null, leftOver.Metadata.Name, new DeleteOptions { Preconditions = unchanged }, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsConflict)
        {
            // Somebody has changed it, to claim it perhaps: the next round sees.
        }
    }
}
