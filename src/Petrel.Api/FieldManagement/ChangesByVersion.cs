using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>A change as it looks in each version in which a manager names what it owns.</summary>
internal sealed class ChangesByVersion
{
    private readonly Dictionary<string, FieldChanges> _changes = new(StringComparer.Ordinal);
    private readonly FieldChanges _own;

    private ChangesByVersion(FieldChanges own) => _own = own;

    /// <summary>A change that is the same in all versions.</summary>
    public static ChangesByVersion Same(FieldChanges changes) => new(changes);

    /// <summary>Compares two states of an object in all these versions. Managers that speak of a version that is gone are forgotten.</summary>
    /// <param name="own">The change in the version that is written.</param>
    /// <param name="versions">Null: all versions have the same fields.</param>
    public static async ValueTask<ChangesByVersion> OfAsync(
        JsonMap old, JsonMap changed, FieldChanges own, FieldTracker tracker, ManagerList managers, IFieldVersions? versions, CancellationToken cancellationToken)
    {
        var found = new ChangesByVersion(own);
        if (versions is null)
        {
            return found;
        }

        foreach (var version in managers.Versions.Where(version => version != tracker.Kind.ApiVersion).ToList())
        {
            if (versions.StructureOf(version) is not { } structure)
            {
                managers.RemoveVersion(version);
                continue;
            }

            var converted = await versions.ConvertAsync([old, changed], version, cancellationToken);
            found._changes[version] = FieldComparison.Compare(converted[0], converted[1], structure).Except(tracker.ResetFields);
        }

        return found;
    }

    /// <summary>The change as a manager sees it.</summary>
    public FieldChanges For(ManagerEntry manager) => _changes.GetValueOrDefault(manager.ApiVersion, _own);
}
