using Petrel.Api.Meta;

namespace Petrel.Api.FieldManagement;

/// <summary>The managers of an object while one of them changes it.</summary>
internal sealed class ManagerList
{
    /// <summary>Most updating managers that are kept apart; the oldest of more are merged into one.</summary>
    private const int UpdatersMax = 10;

    private const string MergedUpdaters = "ancient-changes";

    private readonly List<ManagerEntry> _managers = [];

    public bool IsEmpty => _managers.Count == 0;

    /// <summary>The versions in which managers name fields.</summary>
    public IEnumerable<string> Versions => _managers.Select(static manager => manager.ApiVersion).Distinct(StringComparer.Ordinal);

    /// <summary>The managers that fit, in no particular order.</summary>
    public IEnumerable<ManagerEntry> Where(Func<ManagerEntry, bool> predicate) => _managers.Where(predicate);

    /// <summary>Reads metadata.managedFields. An entry that cannot be read makes the whole unreadable: false.</summary>
    public static bool TryRead(ApiList<ManagedFieldsEntry> entries, out ManagerList managers)
    {
        managers = new ManagerList();
        foreach (var entry in entries)
        {
            if (!ManagerEntry.TryRead(entry, out var manager))
            {
                managers = new ManagerList();
                return false;
            }

            managers.Set(manager!);
        }

        return true;
    }

    public ManagerEntry? Find(ManagerEntry manager) => _managers.Find(manager.IsSameManager);

    /// <summary>What anyone owns, in whatever version he names it.</summary>
    public FieldSet Owned() => _managers.Aggregate(FieldSet.Empty, static (owned, manager) => owned.Union(manager.Set));

    /// <summary>What anyone owns who names it in a version.</summary>
    public FieldSet OwnedIn(string version) =>
        _managers.Where(manager => manager.ApiVersion == version).Aggregate(FieldSet.Empty, static (owned, manager) => owned.Union(manager.Set));

    /// <summary>Forgets all who name fields in a version.</summary>
    public void RemoveVersion(string version) => _managers.RemoveAll(manager => manager.ApiVersion == version);

    /// <summary>Puts the manager in, or in the place of itself; a manager that owns nothing goes.</summary>
    public void Set(ManagerEntry manager)
    {
        var index = _managers.FindIndex(manager.IsSameManager);
        if (index < 0)
        {
            _managers.Add(manager);
        }
        else
        {
            _managers[index] = manager;
        }
    }

    public void RemoveEmpty(ManagerEntry manager) => _managers.RemoveAll(entry => entry.Set.IsEmpty && entry.IsSameManager(manager));

    /// <summary>What the other managers own of a change, in the order of messages.</summary>
    public List<(ManagerEntry Manager, FieldSet Fields)> ConflictsWith(ChangesByVersion changes, ManagerEntry? except) =>
    [
        .. _managers.Where(manager => except is null || !manager.IsSameManager(except))
            .Select(manager => (manager, Fields: manager.Set.Intersect(changes.For(manager).Set)))
            .Where(static conflict => !conflict.Fields.IsEmpty)
            .OrderBy(static conflict => conflict.manager.Manager, Utf8Order.Comparer),
    ];

    /// <summary>Takes the changed fields from everyone but one.</summary>
    public void Disown(ChangesByVersion changes, ManagerEntry? except)
    {
        for (var i = 0; i < _managers.Count; i++)
        {
            if (except is null || !_managers[i].IsSameManager(except))
            {
                var lost = changes.For(_managers[i]);
                _managers[i] = _managers[i] with { Set = _managers[i].Set.Difference(lost.Set.Union(lost.Removed)) };
            }
        }

        _managers.RemoveAll(manager => manager.Set.IsEmpty && (except is null || !manager.IsSameManager(except)));
    }

    /// <summary>Merges the oldest updating managers of each version until there are not too many.</summary>
    public void MergeOldUpdaters()
    {
        var updaters = _managers.Where(static manager => !manager.IsApplier).ToList();
        var surplus = updaters.Count - UpdatersMax;
        if (surplus <= 0)
        {
            return;
        }

        var firstOfVersion = new Dictionary<string, ManagerEntry>(StringComparer.Ordinal);
        foreach (var updater in updaters.OrderBy(static manager => manager.Seconds).ThenBy(static manager => manager.Manager, Utf8Order.Comparer))
        {
            if (surplus <= 0)
            {
                return;
            }

            if (firstOfVersion.TryAdd(updater.ApiVersion, updater))
            {
                continue;
            }

            // The first of a version only moves into the merged entry when a second one joins it.
            var merged = new ManagerEntry(MergedUpdaters, ManagerEntry.Update, updater.ApiVersion, string.Empty, updater.Time, FieldSet.Empty);
            var before = Find(merged) ?? firstOfVersion[updater.ApiVersion];
            _managers.Remove(before);
            _managers.Remove(updater);
            _managers.Add(merged with { Set = before.Set.Union(updater.Set) });
            surplus--;
        }
    }

    /// <summary>metadata.managedFields; the absent list when nobody owns anything.</summary>
    public ApiList<ManagedFieldsEntry> ToEntries()
    {
        if (_managers.Count == 0)
        {
            return default;
        }

        // Managers are few and stay nearly sorted; the sort must be stable.
        return ApiList.FromArray(_managers.Order(Comparer<ManagerEntry>.Create(ManagerEntry.CompareInList)).Select(static manager => manager.ToEntry()).ToArray());
    }
}
