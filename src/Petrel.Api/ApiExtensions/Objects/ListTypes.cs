using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>Sets and lists with keys (x-kubernetes-list-type) hold nothing twice.</summary>
internal static class ListTypes
{
    public static void Validate(JsonTree value, StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        switch (value)
        {
            case JsonMap map:
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
            case JsonList list:
                ValidateList(list, schema, path, errors);
                break;
            default:
                break;
        }
    }

    private static void ValidateList(JsonList list, StructuralSchema schema, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<JsonTree>();
        var told = new HashSet<JsonTree>();
        for (var i = 0; i < list.Count; i++)
        {
            var key = schema.Source.XListType switch
            {
                "set" => list[i],
                "map" => ListCorrelation.KeysOf(list[i], schema),
                _ => null,
            };

            // What comes a third time has been told.
            if (key is not null && !seen.Add(key) && told.Add(key))
            {
                errors.Duplicate(path.Index(i), GoValue.Of(key));
            }
        }

        for (var i = 0; i < list.Count && schema.Items is { } items; i++)
        {
            Validate(list[i], items, path.Index(i), errors);
        }
    }
}
