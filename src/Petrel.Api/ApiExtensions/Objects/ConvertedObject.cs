using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>
/// What somebody else made of an object for another version: believed in everything but its metadata, of which only labels and
/// annotations may have changed.
/// </summary>
public static class ConvertedObject
{
    /// <exception cref="ConversionException">It is not what was asked for. The message completes "… returned ".</exception>
    public static CustomObject Of(CustomObject original, JsonTree answered, CustomKind target)
    {
        var root = answered as JsonMap ?? JsonMap.Empty;
        if (root.FindText("kind") is not { Length: > 0 })
        {
            throw new ConversionException($"invalid object at index 0: Object 'Kind' is missing in '{answered}'");
        }

        CheckIdentity(original, root, target);
        try
        {
            return original.WithContent(target, root.Without("apiVersion").Without("kind").Without("metadata")) with { Metadata = Restored(original.Metadata, root.Find("metadata")) };
        }
        catch (ConversionException invalid)
        {
            throw new ConversionException("invalid metadata: " + invalid.Message);
        }
    }

    private static void CheckIdentity(CustomObject original, JsonMap answered, CustomKind target)
    {
        var (group, version, _) = GroupVersionKind.FromApiVersion(answered.FindText("apiVersion") ?? "", "");
        if ((group, version) != (target.Info.Group, target.Info.Version))
        {
            throw new ConversionException($"invalid object at index 0: invalid groupVersion (expected {target.Info.ApiVersion}, received {answered.FindText("apiVersion")})");
        }

        var kind = answered.FindText("kind")!;
        if (kind != original.GroupVersionKind.Kind)
        {
            throw new ConversionException($"invalid object at index 0: invalid kind (expected {original.GroupVersionKind.Kind}, received {kind})");
        }

        var (meta, given) = (original.Metadata, answered.FindMap("metadata"));
        void Same(string what, string before, string field)
        {
            var after = given?.FindText(field) ?? "";
            if (before != after)
            {
                throw new ConversionException($"invalid object: must have the same {what}: {before} != {after}");
            }
        }

        Same("name", meta.Name, "name");
        Same("namespace", meta.Namespace, "namespace");
        Same("UID", meta.Uid, "uid");
    }

    /// <summary>The metadata as it was, with the labels and annotations of the answer.</summary>
    private static ObjectMeta Restored(ObjectMeta original, JsonTree? answered) => answered switch
    {
        null => throw new ConversionException("missing metadata in converted object"),
        JsonMap metadata => original with
        {
            Labels = TextsOf(metadata, "labels", original.Labels, LabelValidation.ValidateLabels),
            Annotations = TextsOf(metadata, "annotations", original.Annotations, ObjectMetaValidation.ValidateAnnotations),
        },
        _ => throw new ConversionException($"invalid metadata of type {GoTypeOf(answered)} in converted object"),
    };

    // Upstream names the annotations' field in the singular.
    private static ApiMap<string> TextsOf(JsonMap metadata, string field, ApiMap<string> before, Action<ApiMap<string>, FieldPath, FieldErrors> validate)
    {
        switch (metadata.Find(field))
        {
            case null or JsonNull:
                return default;
            case JsonMap map:
                foreach (var (key, value) in map)
                {
                    if (value is not JsonText)
                    {
                        throw new ConversionException($"metadata.{field}[{key}] must be a string, but is {GoTypeOf(value)} in converted object");
                    }
                }

                var texts = map.Select(static entry => KeyValuePair.Create(entry.Key, ((JsonText)entry.Value).Value)).ToApiMap();
                var errors = new FieldErrors();
                if (texts != before)
                {
                    validate(texts, FieldPath.Root.Child("metadata", field == "labels" ? field : "annotation"), errors);
                }

                return errors.Count == 0 ? texts : throw new ConversionException(errors.Aggregate());
            case var other:
                throw new ConversionException($"invalid metadata.{field} of type {GoTypeOf(other)} in converted object");
        }
    }

    private static string GoTypeOf(JsonTree value) => value switch
    {
        JsonNull => "<nil>",
        JsonText => "string",
        JsonBoolean => "bool",
        JsonNumber { IsInteger: true } => "int64",
        JsonNumber => "float64",
        JsonList => "[]interface {}",
        _ => "map[string]interface {}",
    };
}
