using Petrel.Linux.Nftables;

namespace Petrel.Network.Services.Modes;

/// <summary>
/// The table of one address family and what is in it, as far as this process knows. Turns snapshots into transactions:
/// the first holds everything, later ones the differences.
/// </summary>
internal sealed class NftablesTable(NftTable table, NftablesFamily family, ServiceProxyOptions options)
{
    private readonly NftablesBase _base = new(family, options);
    private TableClaims? _claims;

    public NftTable Table { get; } = table;

    /// <summary>Replaces the table whatever is in it: atomic, so no packet meets an empty table and flows go on.</summary>
    public NftTransaction RenderAll(ServiceSnapshot snapshot)
    {
        _claims = new TableClaims();
        var transaction = new NftTransaction(Table);
        transaction.AddTable().DeleteTable().AddTable();
        _base.Render(transaction);
        Replace(snapshot, snapshot.Services.Keys);
        Write(transaction, _claims.TakeChanges());
        return transaction;
    }

    /// <summary>What must change in the table for <paramref name="changed"/>; everything when the table's content is not known.</summary>
    public NftTransaction RenderChanges(ServiceSnapshot snapshot, IEnumerable<ServiceName> changed)
    {
        if (_claims is null)
        {
            return RenderAll(snapshot);
        }

        Replace(snapshot, changed);
        var transaction = new NftTransaction(Table);
        Write(transaction, _claims.TakeChanges());
        return transaction;
    }

    /// <summary>A transaction was not applied, or somebody else changed the table: start over with the next one.</summary>
    public void Forget() => _claims = null;

    private void Replace(ServiceSnapshot snapshot, IEnumerable<ServiceName> names)
    {
        foreach (ServiceName name in names)
        {
            IReadOnlyCollection<TableObject> objects = snapshot.Services.TryGetValue(name, out ProxiedService? service)
                ? [.. service.Ports.SelectMany(port => new NftablesPort(_base, service, port).Render())]
                : [];
            _claims!.Replace(name, objects);
        }
    }

    /// <summary>
    /// Orders the statements so that nothing refers to what is not there yet or not there any more: elements refer to
    /// chains, rules to chains and sets.
    /// </summary>
    private static void Write(NftTransaction transaction, IReadOnlyList<TableChange> changes)
    {
        ILookup<TableObjectKind, TableChange> kinds = changes.ToLookup(change => change.Id.Kind);
        List<TableChange> chains = [.. kinds[TableObjectKind.Chain]];
        List<TableChange> sets = [.. kinds[TableObjectKind.Set]];
        List<IGrouping<string, TableChange>> elements = [.. kinds[TableObjectKind.Element].GroupBy(change => change.Id.Name)];

        // 1. New sets and chains, still empty.
        sets.Where(IsNew).ToList().ForEach(set => transaction.AddSet(set.Id.Name, set.After!));
        chains.Where(IsNew).ToList().ForEach(chain => transaction.AddChain(chain.Id.Name));

        // 2. Elements that go or change: a map does not overwrite.
        elements.ForEach(map => transaction.DeleteElements(
            map.Key, map.Where(element => !IsNew(element)).Select(element => element.Id.Key)));

        // 3. Rules.
        chains.Where(chain => !IsNew(chain)).ToList().ForEach(chain => transaction.FlushChain(chain.Id.Name));
        foreach (TableChange chain in chains.Where(chain => !IsGone(chain)))
        {
            foreach (string rule in chain.After!.Split('\n'))
            {
                transaction.AddRule(chain.Id.Name, rule);
            }
        }

        // 4. Elements that come or have changed.
        elements.ForEach(map => transaction.AddElements(
            map.Key, map.Where(element => !IsGone(element)).Select(element => element.After!)));

        // 5. Chains and sets that nothing refers to any more.
        chains.Where(IsGone).ToList().ForEach(chain => transaction.DeleteChain(chain.Id.Name));
        sets.Where(IsGone).ToList().ForEach(set => transaction.DeleteSet(set.Id.Name));
    }

    private static bool IsNew(TableChange change) => change.Before is null;

    private static bool IsGone(TableChange change) => change.After is null;
}
