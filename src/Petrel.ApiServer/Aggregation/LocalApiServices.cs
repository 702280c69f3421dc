using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Registration;
using Petrel.ApiServer.Bootstrap;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Aggregation;

/// <summary>
/// Registers the group versions that the server itself serves. It does so once in each start: whoever removes one of these
/// objects or points it elsewhere afterwards has his way until the next (kube-aggregator, "onstart").
/// </summary>
/// <param name="served">Group versions; those without a priority are not registered.</param>
public sealed class LocalApiServices(IEnumerable<(string Group, string Version)> served) : IBootstrapStep
{
    /// <summary>Marks the objects that the server keeps itself. Without it, an object is its author's.</summary>
    public const string ManagedLabel = "kube-aggregator.kubernetes.io/automanaged";

    /// <summary>Value of the label on what is written when the server starts.</summary>
    public const string ManagedOnStart = "onstart";

    /// <summary>Value of the label on what is registered and removed with its custom resources.</summary>
    public const string Managed = "true";

    public async Task RunAsync(IApi api, CancellationToken cancellationToken)
    {
        var wanted = served.Where(ServicePriority.BuiltIn.ContainsKey).Select(each => Of(each.Group, each.Version, ServicePriority.BuiltIn[each], ManagedOnStart)).ToList();
        var known = await api.ListAsync<APIService>(null, new ListOptions { LabelSelector = $"{ManagedLabel}={ManagedOnStart}" }, cancellationToken);
        var gone = known.Items.Select(static each => each.Metadata.Name).Except(wanted.Select(static each => each.Metadata.Name));
        await Task.WhenAll(
        [
            .. wanted.Select(each => api.EnsureAsync(each, stored => Reconcile(stored, each), cancellationToken)),
            .. gone.Select(name => api.DeleteAsync<APIService>(null, name, null, cancellationToken)),
        ]);
    }

    /// <param name="managed">Value of <see cref="ManagedLabel"/>.</param>
    internal static APIService Of(string group, string version, ServicePriority priority, string managed) => new()
    {
        Metadata = new ObjectMeta { Name = APIService.NameOf(group, version), Labels = ApiMap.FromPairs((ManagedLabel, managed)) },
        Spec = new APIServiceSpec { Group = group, Version = version, GroupPriorityMinimum = priority.Group, VersionPriority = priority.Version },
    };

    /// <summary>The stored object as it should be; null when it is, or when it is somebody else's.</summary>
    internal static APIService? Reconcile(APIService stored, APIService wanted) =>
        stored.Metadata.Labels.ContainsKey(ManagedLabel) && stored.Spec != wanted.Spec ? stored with { Spec = wanted.Spec } : null;
}
