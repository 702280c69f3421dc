using Petrel.Api.Autoscaling;
using Petrel.Api.Meta;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// Carries the ownership of a replica count between an object and its Scale: who manages spec.replicas of the one manages
/// spec.replicas of the other.
/// </summary>
public static class ScaleManagers
{
    private static readonly FieldSet Replicas = FieldSet.Of(["spec", "replicas"]);

    /// <summary>The managers of the Scale of an object with these managers.</summary>
    /// <param name="path">Where the object keeps the count.</param>
    public static ApiList<ManagedFieldsEntry> OfScale(ApiList<ManagedFieldsEntry> objectManagers, IReadOnlyList<string> path)
    {
        ManagerList.TryRead(objectManagers, out var managers);
        var (scale, kept) = (new ManagerList(), FieldSet.Of([.. path]));
        foreach (var manager in managers.Where(manager => !manager.Set.Intersect(kept).IsEmpty))
        {
            scale.Set(manager with { ApiVersion = Scale.Empty.GroupVersionKind.ApiVersion, Set = Replicas });
        }

        return scale.ToEntries();
    }

    /// <summary>The managers of the object after a write to its Scale left the Scale with these managers.</summary>
    /// <param name="objectManagers">The object's managers before.</param>
    /// <param name="scaleManagers">The Scale's managers after.</param>
    /// <param name="apiVersion">The object's version.</param>
    /// <param name="path">Where the object keeps the count.</param>
    public static ApiList<ManagedFieldsEntry> OfObject(
        ApiList<ManagedFieldsEntry> objectManagers, ApiList<ManagedFieldsEntry> scaleManagers, string apiVersion, IReadOnlyList<string> path)
    {
        var kept = FieldSet.Of([.. path]);
        ManagerList.TryRead(objectManagers, out var managers);
        ManagerList.TryRead(objectManagers, out var timed);
        ManagerList.TryRead(scaleManagers, out var written);
        managers.Disown(ChangesByVersion.Same(new FieldChanges(FieldSet.Empty, kept, FieldSet.Empty)), except: null);
        foreach (var manager in written.Where(static manager => !manager.Set.Intersect(Replicas).IsEmpty))
        {
            var owner = manager with { ApiVersion = apiVersion };
            var before = managers.Find(owner)?.Set ?? FieldSet.Empty;

            // Only the object's own managers have times.
            managers.Set(owner with { Set = before.Union(kept), Time = timed.Find(owner)?.Time });
        }

        return managers.ToEntries();
    }
}
