using System.Buffers;
using Petrel.Api;
using Petrel.Storage;

namespace Petrel.ApiServer.Registry;

/// <summary>
/// An object as the store holds it: its JSON without a resourceVersion, which is the key's revision and is put in when the
/// bytes are written to a client. Every stored object starts with the same bytes per kind up to the opening brace of its
/// metadata, so that is a copy in three pieces and no decoding (docs/decisions).
/// </summary>
/// <param name="converted">The object in the version that is served, where the bytes do not say what it looks like there.</param>
internal readonly struct StoredObject(StoredForm form, KeyValue pair, ApiObject? converted = null)
{
    public KeyValue Pair { get; } = pair;

    /// <summary>
    /// The bytes cannot be sent as they are: the store holds another version of the kind, or a custom object, which may have
    /// been written under another definition.
    /// </summary>
    public bool IsConverted => form.Type.Storage is not null || form.Type.IsCustom;

    public long Revision => Pair.ModRevision;

    /// <summary>Bytes of what <see cref="WriteTo"/> writes.</summary>
    public int Length => StoredForm.Length(Pair.Value.Span, Revision);

    /// <summary>The object with its resourceVersion; one that was never stored (a dry run) has none.</summary>
    public ApiObject Decode()
    {
        var value = converted ?? form.Decode(Pair.Value);
        return value with { Metadata = value.Metadata with { ResourceVersion = Revision == 0 ? "" : ResourceStore.Text(Revision) } };
    }

    /// <summary>Fails as <see cref="Decode"/> does with what cannot be read at all, at little cost otherwise.</summary>
    public void CheckReadable()
    {
        if (converted is null)
        {
            form.Type.Storage?.CheckReadable?.Invoke(Pair.Value);
        }
    }

    /// <summary>The same object at another revision: that of its deletion.</summary>
    public StoredObject At(long revision) => new(form, new KeyValue(Pair.Key, Pair.Value, Pair.CreateRevision, revision, Pair.Version, 0), converted);

    /// <summary>Writes the whole JSON object.</summary>
    public void WriteTo(IBufferWriter<byte> output) => form.Write(output, Pair.Value.Span, Revision, asListItem: false);

    /// <summary>Writes the object as it stands in a list: without kind and apiVersion, but for custom objects.</summary>
    public void WriteItemTo(IBufferWriter<byte> output)
    {
        if (IsConverted)
        {
            form.WriteConverted(output, Decode());
        }
        else
        {
            form.Write(output, Pair.Value.Span, Revision, asListItem: true);
        }
    }
}
