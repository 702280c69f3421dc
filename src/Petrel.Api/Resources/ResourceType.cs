using System.Text.Json;
using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;
using Petrel.Api.Schema;

namespace Petrel.Api.Resources;

/// <summary>A kind as the generic path sees it: its declaration and its codecs, without its C# type.</summary>
public sealed class ResourceType
{
    private readonly Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject> _decode;
    private readonly Func<ReadOnlyMemory<byte>, ApiObject> _decodeProtobuf;
    private readonly Func<ApiObject> _empty;
    private FieldStructure? _structure;

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

    /// <summary>The record of a built-in kind; what all custom kinds share says nothing about one of them.</summary>
    public Type ClrType { get; }

    /// <summary>The kind is none of <see cref="AllResources"/>: it has a definition in the API, no protobuf form, and comes and goes.</summary>
    public bool IsCustom { get; private init; }

    /// <summary>How its fields are owned.</summary>
    public FieldStructure Structure => _structure ??= FieldStructure.OfObject(Schema);

    /// <summary>The object with no field set.</summary>
    public ApiObject Empty => _empty();

    /// <summary>How this version is stored; null when it is stored as itself, and always was.</summary>
    public StorageVersion? Storage { get; private init; }

    /// <summary>Objects of the kind are stored in this version.</summary>
    public bool IsStorageVersion => Storage is null || Storage.Type.Info.GroupVersionKind == Info.GroupVersionKind;

    /// <summary>How objects of the kind's other versions become ones of this by asking somebody; null when nobody is asked.</summary>
    public ObjectConversion? Conversion { get; private init; }

    /// <summary>The versions of the kind where their fields differ; null when all have the same.</summary>
    public IFieldVersions? FieldVersions { get; private init; }

    /// <summary>Equal for versions of one kind, which are stored as the same objects.</summary>
    public object StorageIdentity => IsCustom ? Info.GroupResource : Storage?.Type.ClrType ?? ClrType;

    /// <summary>The type is declared for this version; others that have the same fields share it.</summary>
    public bool IsDeclared { get; private init; } = true;

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

    /// <summary>A kind that is defined at run time.</summary>
    /// <param name="schema">Describes what every object has; the rest is in <paramref name="structure"/>.</param>
    /// <param name="clrType">The record that all such kinds share.</param>
    /// <param name="selectable">Fields that selectors may use besides name and namespace.</param>
    /// <param name="storage">How it is stored.</param>
    /// <param name="conversion">How objects of other versions become ones of this, where somebody is asked about that.</param>
    /// <param name="versions">The versions of the kind, where there are several.</param>
    public static ResourceType Custom(
        ResourceInfo info,
        TypeSchema schema,
        Type clrType,
        FieldStructure structure,
        IReadOnlyList<string> selectable,
        Func<ReadOnlyMemory<byte>, DecodeProblems, ApiObject> decode,
        Func<ApiObject> empty,
        StorageVersion? storage,
        ObjectConversion? conversion,
        IFieldVersions? versions) =>
        new(
            info,
            schema,
            clrType,
            [.. info.Namespaced ? (string[])["metadata.name", "metadata.namespace"] : ["metadata.name"], .. selectable],
            decode,
            _ => throw new NotSupportedException($"{info.Kind} has no protobuf form"),
            empty)
        {
            IsCustom = true,
            Storage = storage,
            Conversion = conversion,
            FieldVersions = versions,
            UnsupportedField = static label => $"field label not supported: {label}",
            _structure = structure,
        };

    /// <summary>
    /// Another version of the kind, which has the same fields and rules: it is stored as this one, and only what is shown of
    /// it names the other.
    /// </summary>
    /// <param name="apiVersion">Group and version, e.g. <c>storage.k8s.io/v1beta1</c>.</param>
    /// <param name="change">What else is different about it.</param>
    public ResourceType In(string apiVersion, Func<ResourceInfo, ResourceInfo>? change = null)
    {
        var kind = GroupVersionKind.FromApiVersion(apiVersion, Info.Kind);
        var same = Info with { Group = kind.Group, Version = kind.Version };
        var info = change is null ? same : change(same);
        return new ResourceType(
            info,
            Schema.In(kind),
            ClrType,
            SelectableFields,
            (json, problems) => _decode(json, problems) with { ShownAs = info },
            message => _decodeProtobuf(message) with { ShownAs = info },
            () => _empty() with { ShownAs = info })
        {
            Storage = Storage is { } stored
                ? new(stored.Type, value => stored.FromStorage(value) with { ShownAs = info }, value => stored.ToStorage(value with { ShownAs = null }))
                : new(this, value => value with { ShownAs = info }, static value => value with { ShownAs = null }),
            UnsupportedField = UnsupportedField,
            IsDeclared = false,
        };
    }

    private static StorageVersion Stored<T, TStorage>()
        where T : ApiObject, IResource<T>, IApiType<T>, IConverted<T, TStorage>
        where TStorage : ApiObject, IResource<TStorage>, IApiType<TStorage> =>
        new(Of<TStorage>(), static stored => T.FromStorage((TStorage)stored), static value => ((T)value).ToStorage());

    private static ResourceType Of<T>(IReadOnlyList<string> selectable, StorageVersion? storage = null, Func<string, string>? unsupportedField = null) where T : ApiObject, IResource<T>, IApiType<T>
    {
        // Kinds without fields of their own share two, even where there is no namespace to select by.
        string[] common = T.Info.Namespaced || unsupportedField is null ? ["metadata.name", "metadata.namespace"] : ["metadata.name"];
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
