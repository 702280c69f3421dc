using System.Globalization;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>The objects of one kind in the store: keys, encoding and compare-and-swap writes. Knows no rules of the kind.</summary>
public sealed class ResourceStore
{
    private readonly IStore _store;
    private readonly StoredForm _form;
    private readonly ExpiryLeases? _expiry;

    public ResourceStore(IStore store, ResourceType type, TimeProvider time)
    {
        _store = store;
        Type = type;
        _form = new StoredForm(type);
        var info = type.Storage?.Type.Info ?? type.Info;
        Prefix = "/registry/" + (info.StorageKey ?? info.Resource) + "/";
        _expiry = info.TimeToLive is { } timeToLive ? new ExpiryLeases(store.Leases, timeToLive, time) : null;
    }

    public ResourceType Type { get; }

    /// <summary>Prefix of the kind's keys, e.g. <c>/registry/pods/</c>.</summary>
    public string Prefix { get; }

    public string KeyOf(string @namespace, string name) => Type.Info.Namespaced ? Prefix + @namespace + "/" + name : Prefix + name;

    /// <summary>Keys of a namespace, or of all of them when it is empty.</summary>
    public KeyRange RangeOf(string @namespace) => KeyRange.Prefix(@namespace.Length == 0 ? Prefix : Prefix + @namespace + "/");

    internal StoredObject Wrap(KeyValue pair) => new(_form, pair);

    internal async ValueTask<StoredObject?> FindAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        await _store.FindAsync(KeyOf(@namespace, name), cancellationToken) is { } pair ? Wrap(pair) : null;

    /// <exception cref="StatusException">404 when there is no such object.</exception>
    internal async ValueTask<StoredObject> GetAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        await FindAsync(@namespace, name, cancellationToken) ?? throw new StatusException(Statuses.NotFound(Type.Info.GroupResource, name));

    internal ValueTask<RangeResult> RangeAsync(RangeRequest request, CancellationToken cancellationToken) => _store.RangeAsync(request, cancellationToken);

    internal ValueTask<StoreStatus> StatusAsync(CancellationToken cancellationToken) => _store.GetStatusAsync(cancellationToken);

    internal IWatch Watch(WatchRequest request) => _store.Watch(request);

    /// <summary>Creates the object; null when one of that name exists.</summary>
    internal Task<StoredObject?> TryCreateAsync(ApiObject value, CancellationToken cancellationToken) =>
        TryPutAsync(value, expectedRevision: 0, cancellationToken);

    /// <summary>Replaces the object at the expected revision (0: it must not exist); null when it is at another one.</summary>
    internal Task<StoredObject?> TryPutAsync(ApiObject value, long expectedRevision, CancellationToken cancellationToken) =>
        TryPutAsync(Pretend(value, expectedRevision), expectedRevision, cancellationToken);

    /// <summary>Like the overload with an object, for one that is encoded already (<see cref="Pretend"/>).</summary>
    internal async Task<StoredObject?> TryPutAsync(StoredObject encoded, long expectedRevision, CancellationToken cancellationToken)
    {
        var (key, bytes) = (encoded.Pair.Key, encoded.Pair.Value);
        var lease = _expiry is null ? 0 : await _expiry.GetAsync(cancellationToken);
        var result = await _store.CommitAsync(Transaction.Put(key, bytes, expectedRevision, lease), cancellationToken);
        return result.Outcome switch
        {
            TransactionOutcome.Committed => Wrap(new KeyValue(key, bytes, expectedRevision == 0 ? result.Revision : 0, result.Revision, 1, lease)),
            TransactionOutcome.Conflict => null,
            _ => throw new InvalidOperationException($"The store answered a put of {key} with {result.Outcome}"),
        };
    }

    /// <summary>Removes the object at the expected revision. False: it changed or is gone.</summary>
    internal async Task<bool> TryDeleteAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        var result = await _store.CommitAsync(Transaction.Delete(stored.Pair.Key, stored.Revision), cancellationToken);
        return result.Succeeded;
    }

    /// <summary>The object as if it had been written, for dry runs: nothing is stored, the revision stays.</summary>
    internal StoredObject Pretend(ApiObject value, long revision) =>
        Wrap(new KeyValue(KeyOf(value.Metadata.Namespace, value.Metadata.Name), _form.Encode(value), revision, revision, 1, 0));

    internal static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
