using Petrel.Api;
using Petrel.Api.Features;
using Petrel.Api.Rbac;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>The roles and bindings that every cluster has.</summary>
/// <param name="features">Some of them come with features.</param>
internal sealed class BootstrapPolicy(FeatureGates? features = null) : IBootstrapStep
{
    // Enough for the store to commit many in one go, few enough not to fill the server's queues.
    private const int MaximumParallelWrites = 32;

    public static IReadOnlyList<ClusterRole> ClusterRoles { get; } =
        [.. UserFacingRoles.List, .. ComponentRoles.List, .. NodeRoles.List, .. CertificateRoles.List, .. ControllerRoles.List];

    public string Hook => BootstrapProgress.Roles;

    public async Task RunAsync(IApi api, CancellationToken cancellationToken)
    {
        var gates = features ?? FeatureGates.Default;
        await EnsureAllAsync(api, FeatureRoles.Extend(ClusterRoles, gates), PolicyReconciliation.Reconcile, cancellationToken);
        await EnsureAllAsync(api, NamespaceRoles.List, PolicyReconciliation.Reconcile, cancellationToken);
        await EnsureAllAsync(api, [.. BootstrapBindings.Cluster, .. FeatureRoles.Controllers(gates).Select(BootstrapBindings.ForController)], PolicyReconciliation.Reconcile, cancellationToken);
        await EnsureAllAsync(api, BootstrapBindings.Namespaced, PolicyReconciliation.Reconcile, cancellationToken);
    }

    // A start with nothing to do, which is nearly every start, costs one list per kind.
    private static async Task EnsureAllAsync<T>(IApi api, IReadOnlyList<T> wanted, Func<T, T, T?> reconcile, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var list = await api.ListAsync<T>(null, new ListOptions(), cancellationToken);
        var stored = list.Items.ToDictionary(static value => (value.Metadata.Namespace, value.Metadata.Name));
        var due = wanted.Where(value =>
            !stored.TryGetValue((value.Metadata.Namespace, value.Metadata.Name), out var old) || reconcile(old, value) is not null);
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaximumParallelWrites, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, options, async (value, cancellation) =>
        {
            await RemoveIfBoundElsewhereAsync(api, value, stored.GetValueOrDefault((value.Metadata.Namespace, value.Metadata.Name)), cancellation);
            await api.EnsureAsync(value, old => reconcile(old, value), cancellation);
        });
    }

    // The role of a binding cannot be changed: such a binding is made anew.
    private static async Task RemoveIfBoundElsewhereAsync<T>(IApi api, T wanted, T? stored, CancellationToken cancellationToken)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        var elsewhere = (wanted, stored) switch
        {
            (ClusterRoleBinding next, ClusterRoleBinding old) => next.RoleRef != old.RoleRef,
            (RoleBinding next, RoleBinding old) => next.RoleRef != old.RoleRef,
            _ => false,
        };
        if (elsewhere)
        {
            await api.DeleteAsync<T>(T.Info.Namespaced ? wanted.Metadata.Namespace : null, wanted.Metadata.Name, null, cancellationToken);
        }
    }
}
