using System.Text.Json;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Schemas;

/// <summary>Makes the definition of a declared type.</summary>
internal static class TypeDefinition
{
    internal static readonly SchemaNode ApiVersion = new() { Type = "string", Description = "Group and version of the object's kind, as GROUP/VERSION; the version alone for the core group." };

    internal static readonly SchemaNode Kind = new() { Type = "string", Description = "Kind of the object. Cannot be changed." };

    public static SchemaNode Make(TypeSchema type, DefinitionSet definitions)
    {
        var properties = new SortedDictionary<string, SchemaNode>(StringComparer.Ordinal);
        if (type.KindSource is not null)
        {
            properties.Add("apiVersion", ApiVersion);
            properties.Add("kind", Kind);
        }

        foreach (var field in type.Fields)
        {
            properties.Add(field.Name, FieldDefinition.Make(field, definitions));
        }

        return new SchemaNode
        {
            Type = "object",
            Description = type.Description,
            Required = [.. type.Fields.Where(field => field.Required).Select(field => field.Name)],
            Properties = [.. properties],
            Extensions = [.. Extensions(type)],
        };
    }

    /// <summary>The x-kubernetes-group-version-kind of a definition.</summary>
    internal static KeyValuePair<string, string> KindsExtension(IEnumerable<GroupVersionKind> kinds) =>
        new("x-kubernetes-group-version-kind", "[" + string.Join(",", kinds.Select(KindJson)) + "]");

    internal static string KindJson(GroupVersionKind kind) => $"{{\"group\":{Quote(kind.Group)},\"kind\":{Quote(kind.Kind)},\"version\":{Quote(kind.Version)}}}";

    internal static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";

    private static IEnumerable<KeyValuePair<string, string>> Extensions(TypeSchema type)
    {
        if (type.IsInEveryVersion)
        {
            yield return KindsExtension(KnownGroupVersions.Of(type.ShortName));
        }
        else if (type.KindSource is { } kind)
        {
            yield return KindsExtension([kind()]);
        }

        if (type.MapType is { } mapType)
        {
            yield return new("x-kubernetes-map-type", Quote(mapType));
        }

        if (type.Discriminator is { } discriminator)
        {
            // Members of the union by the names that Go gives them.
            var members = type.Fields.Where(field => field.Name != discriminator).OrderBy(field => field.Name, StringComparer.Ordinal)
                .Select(field => Quote(field.Name) + ":" + Quote(char.ToUpperInvariant(field.Name[0]) + field.Name[1..]));
            yield return new("x-kubernetes-unions", $"[{{\"discriminator\":{Quote(discriminator)},\"fields-to-discriminateBy\":{{{string.Join(",", members)}}}}}]");
        }
    }
}
