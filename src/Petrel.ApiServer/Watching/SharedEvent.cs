using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Watching;

/// <summary>One change, with what watches make of it: the decoded objects and their encodings, each made when the first watch needs it.</summary>
internal sealed class SharedEvent(StoreEvent change, ResourceStore store)
{
    private readonly Lock _lock = new();
    private readonly List<(EventForm Form, bool IsLast, byte[] Bytes)> _encodings = [];
    private ApiObject? _current;
    private ApiObject? _previous;

    public long Revision => change.Revision;

    public string Key => change.Key;

    /// <summary>The object after the change; null when it was deleted.</summary>
    public ApiObject? Current
    {
        get
        {
            lock (_lock)
            {
                return _current ??= change.IsDelete ? null : store.Wrap(change.Current).Decode();
            }
        }
    }

    /// <summary>The object before the change, at the revision of the change, as a deletion shows it; null when there was none.</summary>
    public ApiObject? Last
    {
        get
        {
            lock (_lock)
            {
                return _previous ??= LastOf(change, store)?.Decode();
            }
        }
    }

    /// <summary>What a deletion shows: the object as it last was, at the revision of the change.</summary>
    public static StoredObject? LastOf(in StoreEvent change, ResourceStore store) => change.Previous is { } pair
        ? store.Wrap(pair).At(change.Revision)
        : null;

    /// <summary>Reads the objects where a webhook is asked about their version; all others are decoded when they are looked at.</summary>
    /// <param name="withLast"><see cref="Last"/> will be looked at as well.</param>
    /// <exception cref="ConversionException">One of them cannot be had in that version.</exception>
    public async ValueTask ReadAsync(bool withLast, CancellationToken cancellationToken)
    {
        if (store.Type.Conversion is null)
        {
            return;
        }

        var current = change.IsDelete ? null : (await store.ReadAsync(change.Current, cancellationToken)).Decode();
        var last = withLast && change.Previous is { } pair ? (await store.ReadAsync(pair, cancellationToken)).At(change.Revision).Decode() : null;
        lock (_lock)
        {
            _current ??= current;
            _previous ??= last;
        }
    }

    /// <summary>The encoding in a form, made by the first who asks; others that ask meanwhile wait for it.</summary>
    /// <param name="isLast">Of <see cref="Last"/>; else of <see cref="Current"/>.</param>
    public byte[] Encoded(in EventForm form, bool isLast, Func<ApiObject, EventForm, byte[]> encode)
    {
        var value = (isLast ? Last : Current) ?? throw new InvalidOperationException($"The change of {Key} has no such object");
        lock (_lock)
        {
            foreach (var (known, isOfLast, bytes) in _encodings)
            {
                if (known == form && isOfLast == isLast)
                {
                    return bytes;
                }
            }

            var made = encode(value, form);
            _encodings.Add((form, isLast, made));
            return made;
        }
    }
}
