using System.Buffers;
using System.Globalization;
using System.Text;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Resources;

namespace Petrel.ApiServer.Registry;

/// <summary>How objects of one kind look in the store.</summary>
internal sealed class StoredForm
{
    private static readonly byte[] ItemHead = "{\"metadata\":{\"resourceVersion\":\""u8.ToArray();
    private static readonly byte[] VersionName = "\"resourceVersion\":\""u8.ToArray();

    private static readonly byte[] VersionEnd = "\","u8.ToArray();

    private const int RevisionDigitsMax = 20;

    private readonly byte[] _head;

    public StoredForm(ResourceType type)
    {
        Type = type;
        _head = Encoding.UTF8.GetBytes($"{{\"kind\":\"{type.Info.Kind}\",\"apiVersion\":\"{type.Info.ApiVersion}\",\"metadata\":{{");
    }

    public ResourceType Type { get; }

    /// <summary>Decodes stored bytes as the version that is served.</summary>
    public ApiObject Decode(ReadOnlyMemory<byte> stored) => Type.Storage is { } storage ? storage.FromStorage(storage.Read(stored)) : Type.Decode(stored);

    /// <summary>Decodes stored bytes as the version in which they are.</summary>
    public ApiObject DecodeStored(ReadOnlyMemory<byte> stored) => Type.Storage is { } storage ? storage.Read(stored) : Type.Decode(stored);

    /// <summary>The stored bytes are of the version that is served.</summary>
    public bool IsServedVersion(ReadOnlySpan<byte> stored) => stored.StartsWith(_head);

    /// <summary>The bytes to store: JSON of the storage version without a resourceVersion.</summary>
    public byte[] Encode(ApiObject value) => EncodeStored(Type.Storage is { } storage ? storage.ToStorage(value) : value);

    /// <summary>Like <see cref="Encode"/>, of an object in the storage version.</summary>
    public static byte[] EncodeStored(ApiObject stored) => JsonEncoding.Encode(stored with { Metadata = stored.Metadata with { ResourceVersion = "" } });

    /// <summary>Bytes that <see cref="Write"/> makes of a whole object.</summary>
    public static int Length(ReadOnlySpan<byte> stored, long revision)
    {
        Span<byte> digits = stackalloc byte[RevisionDigitsMax];
        return revision != 0 && revision.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture)
            ? stored.Length + VersionName.Length + length + VersionEnd.Length
            : stored.Length;
    }

    public void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> stored, long revision, bool asListItem)
    {
        if (!stored.StartsWith(_head))
        {
            throw new InvalidDataException($"A stored {Type.Info.Kind} does not start with its kind, apiVersion and metadata");
        }

        if (revision == 0)
        {
            // Never stored: the answer to a dry run.
            output.Write(stored);
            return;
        }

        if (asListItem)
        {
            output.Write(ItemHead);
        }
        else
        {
            output.Write(_head);
            output.Write(VersionName);
        }

        Span<byte> digits = stackalloc byte[RevisionDigitsMax];
        revision.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        output.Write(digits[..length]);
        output.Write(VersionEnd);
        output.Write(stored[_head.Length..]);
    }

    /// <summary>Writes a converted object as a list item: its JSON from the metadata on, and all of a custom one.</summary>
    public void WriteConverted(IBufferWriter<byte> output, ApiObject value)
    {
        if (Type.IsCustom)
        {
            output.Write(JsonEncoding.Encode(value));
            return;
        }

        output.Write("{\"metadata\":{"u8);
        output.Write(JsonEncoding.Encode(value).AsSpan(_head.Length));
    }
}
