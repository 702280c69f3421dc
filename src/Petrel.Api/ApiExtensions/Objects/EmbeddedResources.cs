using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>Objects inside objects (x-kubernetes-embedded-resource): they have a kind, and metadata that is read as such.</summary>
internal static class EmbeddedResources
{
    private const string StandsForNone = "fakename";

    /// <summary>The value with the metadata of embedded objects as the API knows it: fields that it does not know are gone.</summary>
    public static JsonTree Normalize(JsonTree value, StructuralSchema schema)
    {
        switch (value)
        {
            case JsonMap map:
                if (schema.IsEmbedded && map.Find("metadata") is JsonMap metadata)
                {
                    var problems = new DecodeProblems();
                    var meta = JsonDecoder.Decode<ObjectMeta>(metadata.ToUtf8(), problems);
                    map = problems.TypeError is null ? map.With("metadata", JsonTree.Parse(JsonEncoding.Encode(meta))) : map;
                }

                foreach (var (name, child) in map.Span.ToArray())
                {
                    if (schema.Child(name) is { } inner && !(schema.IsEmbedded && name == "metadata"))
                    {
                        map = map.With(name, Normalize(child, inner));
                    }
                }

                return map;
            case JsonList list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    var next = Normalize(list[i], items);
                    list = ReferenceEquals(next, list[i]) ? list : list.SetItem(i, next);
                }

                return list;
            default:
                return value;
        }
    }

    public static void Validate(JsonTree value, StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        switch (value)
        {
            case JsonMap map:
                if (schema.IsEmbedded)
                {
                    ValidateOne(map, path, errors);
                }

                foreach (var (name, child) in map)
                {
                    if (schema.Properties.TryGetValue(name, out var property))
                    {
                        Validate(child, property, path.Child(name), errors);
                    }
                    else if (schema.Values is { } values)
                    {
                        Validate(child, values, path.Key(name), errors);
                    }
                }

                break;
            case JsonList list when schema.Items is { } items:
                for (var i = 0; i < list.Count; i++)
                {
                    Validate(list[i], items, path.Index(i), errors);
                }

                break;
            default:
                break;
        }
    }

    private static void ValidateOne(JsonMap map, FieldPath path, FieldErrors errors)
    {
        foreach (var name in (string[])["apiVersion", "kind"])
        {
            if (!map.ContainsKey(name))
            {
                errors.Required(path.Child(name), "must not be empty");
            }
            else if (map.FindText(name) is not { } text)
            {
                errors.Invalid(path.Child(name), GoValue.Of(map[name]), "must be a string");
            }
            else if (text.Length == 0)
            {
                errors.Invalid(path.Child(name), text, "must not be empty");
            }
            else if (name == "apiVersion" && text.Count(static c => c == '/') > 1)
            {
                errors.Invalid(path.Child(name), text, "unexpected GroupVersion string: " + text);
            }
            else if (name == "kind" && NameFormats.Dns1035Label(text.ToLowerInvariant()).ToList() is { Count: > 0 } problems)
            {
                errors.Invalid(path.Child(name), text, "may have mixed case, but should otherwise match: " + string.Join(",", problems));
            }
        }

        if (map.Find("metadata") is not { IsNull: false } metadata)
        {
            return;
        }

        if (metadata is not JsonMap)
        {
            errors.Invalid(path.Child("metadata"), GoValue.Of(metadata), "must be an object");
            return;
        }

        var decoding = new DecodeProblems();
        var meta = JsonDecoder.Decode<ObjectMeta>(metadata.ToUtf8(), decoding);
        if (decoding.TypeError is { } error)
        {
            errors.Invalid(path.Child("metadata"), GoValue.Of(metadata), error);
            return;
        }

        meta = meta.Name.Length == 0 ? meta with { Name = StandsForNone } : meta;
        ObjectMetaValidation.ValidateCreate(meta, meta.Namespace.Length > 0, NameRules.PathSegment, path.Child("metadata"), errors);
    }
}
