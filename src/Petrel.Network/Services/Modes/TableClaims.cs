namespace Petrel.Network.Services.Modes;

/// <summary>
/// Who wants which objects in the table. Services share objects (chains for N endpoints, hairpin pairs) and may claim the
/// same address and port: an object exists while anyone claims it, with the content that the first claimant by name gives.
/// </summary>
internal sealed class TableClaims
{
    private readonly Dictionary<TableObjectId, Claim> _claims = [];
    private readonly Dictionary<ServiceName, TableObjectId[]> _claimed = [];
    private readonly Dictionary<TableObjectId, string?> _before = [];

    /// <summary>Replaces everything that <paramref name="owner"/> claims.</summary>
    public void Replace(ServiceName owner, IReadOnlyCollection<TableObject> objects)
    {
        if (_claimed.Remove(owner, out TableObjectId[]? old))
        {
            foreach (TableObjectId id in old)
            {
                Remember(id);
                Release(id, owner);
            }
        }

        if (objects.Count > 0)
        {
            // Repeated addresses in a spec are legal; the first one counts.
            TableObject[] distinct = [.. objects.DistinctBy(added => added.Id)];
            foreach (TableObject added in distinct)
            {
                Remember(added.Id);
                Add(added, owner);
            }

            _claimed[owner] = [.. distinct.Select(added => added.Id)];
        }
    }

    /// <summary>What has become different since the last call, and forgets it.</summary>
    public IReadOnlyList<TableChange> TakeChanges()
    {
        List<TableChange> changes = [];
        foreach ((TableObjectId id, string? before) in _before)
        {
            string? after = Content(id);
            if (!string.Equals(before, after, StringComparison.Ordinal))
            {
                changes.Add(new TableChange(id, before, after));
            }
        }

        _before.Clear();
        return changes;
    }

    private void Remember(TableObjectId id) => _before.TryAdd(id, Content(id));

    private string? Content(TableObjectId id) => _claims.TryGetValue(id, out Claim? claim) ? claim.Content : null;

    private void Add(TableObject added, ServiceName owner)
    {
        if (!_claims.TryGetValue(added.Id, out Claim? claim))
        {
            _claims[added.Id] = new Claim(owner, added.Content);
        }
        else if (owner < claim.Owner)
        {
            claim.Others.Add(claim.Owner, claim.Content);
            claim.Take(owner, added.Content);
        }
        else
        {
            claim.Others.Add(owner, added.Content);
        }
    }

    private void Release(TableObjectId id, ServiceName owner)
    {
        Claim claim = _claims[id];
        if (claim.Owner != owner)
        {
            claim.Others.Remove(owner);
        }
        else if (claim.HasOthers)
        {
            (ServiceName next, string content) = claim.Others.First();
            claim.Others.Remove(next);
            claim.Take(next, content);
        }
        else
        {
            _claims.Remove(id);
        }
    }

    /// <summary>The first claimant by name and, for the few objects that have them, the others in order.</summary>
    private sealed class Claim(ServiceName owner, string content)
    {
        private SortedDictionary<ServiceName, string>? _others;

        public ServiceName Owner { get; private set; } = owner;

        public string Content { get; private set; } = content;

        public bool HasOthers => _others is { Count: > 0 };

        public SortedDictionary<ServiceName, string> Others => _others ??= [];

        public void Take(ServiceName owner, string content) => (Owner, Content) = (owner, content);
    }
}
