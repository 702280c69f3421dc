using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Schema;

namespace Petrel.Api.Resources;

/// <summary>A built-in kind as the generic path sees it: its declaration and its codecs, without its C# type.</summary>
public sealed class ResourceType
{
    private readonly Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject> _decode;
    private readonly Func<ReadOnlyMemory<byte>, ApiObject> _decodeProtobuf;
    private readonly Func<ApiObject> _empty;

    private ResourceType(
        ResourceInfo info,
        TypeSchema schema,
        Type clrType,
        IReadOnlyList<string> selectableFields,
        Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject> decode,
        Func<ReadOnlyMemory<byte>, ApiObject> decodeProtobuf,
        Func<ApiObject> empty)
    {
        Info = info;
        Schema = schema;
        ClrType = clrType;
        SelectableFields = selectableFields;
        _decode = decode;
        _decodeProtobuf = decodeProtobuf;
        _empty = empty;
    }

    public ResourceInfo Info { get; }

    public TypeSchema Schema { get; }

    public Type ClrType { get; }

    /// <summary>The object with no field set.</summary>
    public ApiObject Empty => _empty();

    /// <summary>How this version is stored as another one; null when it is stored as itself.</summary>
    public StorageVersion? Storage { get; private init; }

    /// <summary>Supported field selector labels, metadata.name and metadata.namespace included.</summary>
    public IReadOnlyList<string> SelectableFields { get; }

    /// <summary>The answer to a field selector label that is none of <see cref="SelectableFields"/>.</summary>
    public required Func<string, string> UnsupportedField { get; init; }

    public static ResourceType Of<T>() where T : ApiObject, IResource<T>, IApiType<T> => Of<T>([]);

    /// <summary>A kind with selectable fields.</summary>
    public static ResourceType Selectable<T>() where T : ApiObject, IResource<T>, IApiType<T>, ISelectable =>
        Of<T>(T.SelectableFields, unsupportedField: T.UnsupportedField);

    /// <summary>A second version of a kind: stored as <typeparamref name="TStorage"/> and converted on the way.</summary>
    public static ResourceType Converted<T, TStorage>()
        where T : ApiObject, IResource<T>, IApiType<T>, IConverted<T, TStorage>
        where TStorage : ApiObject, IResource<TStorage>, IApiType<TStorage> =>
        Of<T>([], Stored<T, TStorage>());

    /// <summary>A second version of a kind, with selectable fields.</summary>
    public static ResourceType ConvertedSelectable<T, TStorage>()
        where T : ApiObject, IResource<T>, IApiType<T>, IConverted<T, TStorage>, ISelectable
        where TStorage : ApiObject, IResource<TStorage>, IApiType<TStorage> =>
        Of<T>(T.SelectableFields, Stored<T, TStorage>(), T.UnsupportedField);

    private static StorageVersion Stored<T, TStorage>()
        where T : ApiObject, IResource<T>, IApiType<T>, IConverted<T, TStorage>
        where TStorage : ApiObject, IResource<TStorage>, IApiType<TStorage> =>
        new(Of<TStorage>(), static stored => T.FromStorage((TStorage)stored), static value => ((T)value).ToStorage());

    private static ResourceType Of<T>(IReadOnlyList<string> selectable, StorageVersion? storage = null, Func<string, string>? unsupportedField = null) where T : ApiObject, IResource<T>, IApiType<T>
    {
        string[] common = T.Info.Namespaced ? ["metadata.name", "metadata.namespace"] : ["metadata.name"];
        return new ResourceType(
            T.Info,
            T.Schema,
            typeof(T),
            [.. common, .. selectable],
            static (json, problems) => JsonDecoder.Decode<T>(json.Span, problems),
            static message =>
            {
                var reader = new ProtobufReader(message.Span);
                return T.ReadProtobuf(ref reader);
            },
            static () => T.Empty)
        {
            Storage = storage,
            UnsupportedField = unsupportedField ?? (static label => $"\"{label}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""),
        };
    }

    /// <summary>Decodes JSON; wrong types and unknown fields go to <paramref name="problems"/>, broken JSON throws.</summary>
    /// <exception cref="JsonException">The bytes are not JSON.</exception>
    public ApiObject Decode(ReadOnlyMemory<byte> json, DecodeProblems problems) => _decode(json, problems);

    /// <summary>Decodes what the store holds, which was encoded here and has no problems.</summary>
    public ApiObject Decode(ReadOnlyMemory<byte> json) => _decode(json, new DecodeProblems());

    /// <summary>Decodes a protobuf message (without the k8s envelope).</summary>
    /// <exception cref="ProtobufException">The bytes are not such a message.</exception>
    public ApiObject DecodeProtobuf(ReadOnlyMemory<byte> message) => _decodeProtobuf(message);

    /// <summary>Value of a selectable field of an object of this kind.</summary>
    public static string FieldValue(ApiObject value, string field) => field switch
    {
        "metadata.name" => value.Metadata.Name,
        "metadata.namespace" => value.Metadata.Namespace,
        _ => value is ISelectableValue selectable ? selectable.FieldValue(field) : "",
    };
}
