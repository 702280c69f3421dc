using Petrel.Api;
using Petrel.Client.Informers;

namespace Petrel.Controllers.Ownership;

/// <summary>Finds objects by their controller, and those that have none.</summary>
internal static class OwnershipIndex
{
    private const string ByController = "controller-uid";
    private const string Orphans = "orphans-by-namespace";

    public static Informer<T> WithOwnership<T>(this Informer<T> informer) where T : ApiObject, Petrel.Api.Schema.IApiType<T>
    {
        informer.AddIndex(ByController, static value => value.Controller() is { } owner ? [owner.Uid] : []);
        informer.AddIndex(Orphans, static value => value.Controller() is null ? [value.Metadata.Namespace] : []);
        return informer;
    }

    public static IReadOnlyList<T> ControlledBy<T>(this ObjectCache<T> cache, ApiObject owner) where T : ApiObject =>
        cache.ByIndex(ByController, owner.Metadata.Uid);

    /// <summary>Objects of a namespace that nobody controls.</summary>
    public static IReadOnlyList<T> OrphansIn<T>(this ObjectCache<T> cache, string @namespace) where T : ApiObject =>
        cache.ByIndex(Orphans, @namespace);
}
