using System.Text.Json;
using Petrel.Api.Meta;
using Petrel.Api.Protobuf;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api;

/// <summary>An object of the API: what is created, stored, listed and watched. Immutable; a change is a copy.</summary>
public abstract record ApiObject : IApiType
{
    private static readonly JsonEncodedText KindName = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText ApiVersionName = JsonEncodedText.Encode("apiVersion");

    /// <summary>Standard object metadata: name, namespace, labels, annotations and what the server keeps about the object.</summary>
    [Field(1, Always = true)]
    public ObjectMeta Metadata { get; init; } = ObjectMeta.Empty;

    /// <summary>The group, version and kind for which the object's type is declared.</summary>
    public abstract GroupVersionKind GroupVersionKind { get; }

    /// <summary>The version as which the object is shown, when it has the same fields as the declared one; null for the declared one.</summary>
    internal ResourceInfo? ShownAs { get; init; }

    /// <summary>The object's kind as its JSON says it.</summary>
    public GroupVersionKind ShownKind => ShownAs?.GroupVersionKind ?? GroupVersionKind;

    public abstract void WriteJson(Utf8JsonWriter writer);

    public abstract void WriteProtobuf(ProtobufWriter writer);

    /// <summary>Writes kind and apiVersion, which every object starts with.</summary>
    protected void WriteTypeMeta(Utf8JsonWriter writer)
    {
        writer.WriteString(KindName, ShownKind.Kind);
        writer.WriteString(ApiVersionName, ShownKind.ApiVersion);
    }
}
