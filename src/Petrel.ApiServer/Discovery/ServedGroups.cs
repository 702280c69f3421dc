using Petrel.ApiServer.Aggregation;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Discovery;

/// <summary>
/// The groups and versions that clients find here, whoever serves them, in the order of preference: by the priorities of
/// their APIServices, and by those that these are going to have before they are stored.
/// </summary>
internal sealed class ServedGroups(ResourceRegistry registry, ApiServiceIndex services, RemoteDiscovery remote)
{
    /// <summary>The group of the APIServices themselves comes before all that they order.</summary>
    private static readonly ServicePriority Foremost = new(int.MaxValue, int.MaxValue);

    public ResourceRegistry Registry => registry;

    /// <summary>All groups but the core group.</summary>
    public IReadOnlyList<ServedGroup> List() => Order(Versions().Where(static each => each.Group.Length > 0));

    /// <summary>One group; null when nobody serves it.</summary>
    public ServedGroup? Find(string group) => Order(Versions().Where(each => each.Group == group)).SingleOrDefault();

    /// <summary>What the server of a group version has said about it.</summary>
    public RemoteResources ResourcesOf(string group, string version) => remote.Of(group, version);

    private IEnumerable<(string Group, string Version)> Versions() => registry.Endpoints.Select(static endpoint => (endpoint.Info.Group, endpoint.Info.Version))
        .Concat(services.Services.Where(static service => service.IsRemote).Select(static service => (service.Spec.Group, service.Spec.Version)))
        .Distinct();

    private IReadOnlyList<ServedGroup> Order(IEnumerable<(string Group, string Version)> versions) =>
    [
        .. versions.Select(each => (each.Group, each.Version, Priority: PriorityOf(each.Group, each.Version)))
            .GroupBy(static each => each.Group)
            .OrderByDescending(static group => group.Max(static each => each.Priority.Group))
            .ThenBy(static group => group.Key, StringComparer.Ordinal)
            .Select(group => new ServedGroup(
                group.Key,
                [
                    .. group.OrderByDescending(static each => each.Priority.Version)
                        .ThenBy(static each => each.Version, VersionOrder.NewestFirst)
                        .Select(each => new ServedVersion(each.Version, services.FindRemote(each.Group, each.Version) is not null)),
                ])),
    ];

    private ServicePriority PriorityOf(string group, string version) => group == Api.Registration.APIService.Info.Group ? Foremost
        : services.Find(group, version) is { } service ? new ServicePriority(service.Spec.GroupPriorityMinimum, service.Spec.VersionPriority)
        : ServicePriority.BuiltIn.GetValueOrDefault((group, version), ServicePriority.Custom);
}

/// <summary>A group with its versions, the preferred one first.</summary>
internal sealed record ServedGroup(string Name, IReadOnlyList<ServedVersion> Versions);

/// <summary>A version of a group.</summary>
/// <param name="IsRemote">Another API server serves it.</param>
internal readonly record struct ServedVersion(string Version, bool IsRemote);
