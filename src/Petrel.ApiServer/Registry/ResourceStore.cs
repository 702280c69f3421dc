using System.Globalization;
using System.Runtime.CompilerServices;
using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;
using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>The objects of one kind in the store: keys, encoding and compare-and-swap writes. Knows no rules of the kind.</summary>
public sealed class ResourceStore
{
    /// <summary>Larger objects are not kept decoded, which takes several times their bytes.</summary>
    private const int DecodedBytesMax = 4096;

    private readonly IStore _store;
    private readonly StoredForm _form;
    private readonly ExpiryLeases? _expiry;
    private readonly ConvertedObjects? _converted;

    // A version of an object is one instance in the store, and what was made of it goes with it.
    private readonly ConditionalWeakTable<KeyValue, ApiObject> _decoded = [];

    public ResourceStore(IStore store, ResourceType type, TimeProvider time)
    {
        _store = store;
        Type = type;
        _form = new StoredForm(type);
        _converted = type.Conversion is { } conversion ? new ConvertedObjects(_form, conversion) : null;
        var info = type.Storage?.Type.Info ?? type.Info;
        Prefix = "/registry/" + (info.StorageKey ?? info.Resource) + "/";
        _expiry = info.TimeToLive is { } timeToLive ? new ExpiryLeases(store.Leases, timeToLive, time) : null;
    }

    public ResourceType Type { get; }

    /// <summary>Prefix of the kind's keys, e.g. <c>/registry/pods/</c>.</summary>
    public string Prefix { get; }

    public string KeyOf(string @namespace, string name) => Type.Info.Namespaced ? Prefix + @namespace + "/" + name : Prefix + name;

    /// <summary>Keys of a namespace, or of all of them when it is empty or the kind has none.</summary>
    public KeyRange RangeOf(string @namespace) => KeyRange.Prefix(@namespace.Length == 0 || !Type.Info.Namespaced ? Prefix : Prefix + @namespace + "/");

    /// <summary>Counts the store's work; null for nobody who does.</summary>
    internal StoreMetrics? Metrics { get; init; }

    /// <summary>A pair as the object of a kind about whose versions nobody is asked, as all built-in ones.</summary>
    internal StoredObject Wrap(KeyValue pair) => new(_form, pair);

    /// <summary>Pairs as the objects that they are in the version of the kind; decoded as late as can be.</summary>
    /// <exception cref="ConversionException">One of them cannot be had in that version.</exception>
    internal async ValueTask<IEnumerable<StoredObject>> ReadAsync(IReadOnlyCollection<KeyValue> pairs, CancellationToken cancellationToken)
    {
        if (_converted is null || pairs.Where(pair => !_form.IsServedVersion(pair.Value.Span)).ToList() is not { Count: > 0 } others)
        {
            return pairs.Select(Wrap);
        }

        var objects = await _converted.ReadAsync(others, cancellationToken);
        var converted = others.Zip(objects).ToDictionary(static pair => pair.First, static pair => pair.Second);
        return [.. pairs.Select(pair => new StoredObject(_form, pair, converted.GetValueOrDefault(pair)))];
    }

    /// <inheritdoc cref="ReadAsync(IReadOnlyCollection{KeyValue}, CancellationToken)"/>
    internal async ValueTask<StoredObject> ReadAsync(KeyValue pair, CancellationToken cancellationToken) =>
        _converted is null ? Wrap(pair) : (await ReadAsync([pair], cancellationToken)).First();

    internal async ValueTask<StoredObject?> FindAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        await FindPairAsync(KeyOf(@namespace, name), cancellationToken) is { } pair ? await ReadAsync(pair, cancellationToken) : null;

    /// <summary>
    /// The object decoded, for those who look at the same few objects with every request (the namespace, the service account): a version of a
    /// small object is decoded once, and the result kept as long as the store has that version.
    /// </summary>
    internal async ValueTask<ApiObject?> FindDecodedAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        if (await FindPairAsync(KeyOf(@namespace, name), cancellationToken) is not { } pair)
        {
            return null;
        }

        if (_converted is not null || pair.Value.Length > DecodedBytesMax)
        {
            return (await ReadAsync(pair, cancellationToken)).Decode();
        }

        return _decoded.GetValue(pair, found => Wrap(found).Decode());
    }

    /// <exception cref="StatusException">404 when there is no such object.</exception>
    internal async ValueTask<StoredObject> GetAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        await FindAsync(@namespace, name, cancellationToken) ?? throw new StatusException(Statuses.NotFound(Type.Info.GroupResource, name));

    internal ValueTask<RangeResult> RangeAsync(RangeRequest request, CancellationToken cancellationToken)
    {
        // Who only counts does so for the metrics themselves.
        return Metrics is not { } metrics || request.Content == RangeContent.Count
            ? _store.RangeAsync(request, cancellationToken)
            : metrics.ListAsync(metrics.Start(), _store.RangeAsync(request, cancellationToken));
    }

    internal ValueTask<StoreStatus> StatusAsync(CancellationToken cancellationToken) => _store.GetStatusAsync(cancellationToken);

    internal IWatch Watch(WatchRequest request) => _store.Watch(request);

    /// <summary>Creates the object; null when one of that name exists.</summary>
    internal Task<StoredObject?> TryCreateAsync(ApiObject value, CancellationToken cancellationToken) =>
        TryPutAsync(value, expectedRevision: 0, cancellationToken);

    /// <summary>Replaces the object at the expected revision (0: it must not exist); null when it is at another one.</summary>
    internal async Task<StoredObject?> TryPutAsync(ApiObject value, long expectedRevision, CancellationToken cancellationToken) =>
        await TryPutAsync(await EncodeAsync(value, expectedRevision, cancellationToken), expectedRevision, cancellationToken);

    /// <summary>Like the overload with an object, for one that is encoded already (<see cref="EncodeAsync"/>).</summary>
    internal async Task<StoredObject?> TryPutAsync(KeyValue encoded, long expectedRevision, CancellationToken cancellationToken)
    {
        var (key, bytes) = (encoded.Key, encoded.Value);
        var lease = _expiry is null ? 0 : await _expiry.GetAsync(cancellationToken);
        var put = Transaction.Put(key, bytes, expectedRevision, lease);
        var result = Metrics is { } metrics
            ? await metrics.PutAsync(isNew: expectedRevision == 0, metrics.Start(), _store.CommitAsync(put, cancellationToken))
            : await _store.CommitAsync(put, cancellationToken);
        return result.Outcome switch
        {
            TransactionOutcome.Committed =>
                await ReadAsync(new KeyValue(key, bytes, expectedRevision == 0 ? result.Revision : 0, result.Revision, 1, lease), cancellationToken),
            TransactionOutcome.Conflict => null,
            _ => throw new InvalidOperationException($"The store answered a put of {key} with {result.Outcome}"),
        };
    }

    /// <summary>Removes the object at the expected revision. False: it changed or is gone.</summary>
    internal async Task<bool> TryDeleteAsync(StoredObject stored, CancellationToken cancellationToken)
    {
        var deletion = Transaction.Delete(stored.Pair.Key, stored.Revision);
        var result = Metrics is { } metrics
            ? await metrics.DeleteAsync(metrics.Start(), _store.CommitAsync(deletion, cancellationToken))
            : await _store.CommitAsync(deletion, cancellationToken);
        return result.Succeeded;
    }

    /// <summary>The object as it would be written, with the revision of the one that it replaces.</summary>
    /// <exception cref="ConversionException">It cannot be had in the storage version.</exception>
    internal async ValueTask<KeyValue> EncodeAsync(ApiObject value, long revision, CancellationToken cancellationToken)
    {
        var bytes = Type.Storage?.Type.Conversion is { } conversion ? StoredForm.EncodeStored((await conversion([value], cancellationToken))[0]) : _form.Encode(value);
        return new KeyValue(KeyOf(value.Metadata.Namespace, value.Metadata.Name), bytes, revision, revision, 1, 0);
    }

    /// <summary>What is encoded as if it had been written, for dry runs: nothing is stored, the revision stays.</summary>
    internal async ValueTask<StoredObject> PretendAsync(KeyValue encoded, CancellationToken cancellationToken) =>
        new(_form, encoded, _converted is null ? null : await _converted.ReadUnstoredAsync(encoded, cancellationToken));

    /// <summary>Like the overload with what is encoded.</summary>
    internal async ValueTask<StoredObject> PretendAsync(ApiObject value, long revision, CancellationToken cancellationToken) =>
        await PretendAsync(await EncodeAsync(value, revision, cancellationToken), cancellationToken);

    private ValueTask<KeyValue?> FindPairAsync(string key, CancellationToken cancellationToken) => Metrics is { } metrics
        ? metrics.GetAsync(metrics.Start(), _store.FindAsync(key, cancellationToken))
        : _store.FindAsync(key, cancellationToken);

    internal static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);
}
