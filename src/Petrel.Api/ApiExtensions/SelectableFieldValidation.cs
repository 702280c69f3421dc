using Petrel.Api.ApiExtensions.Schemas;
using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>Rules for the fields that field selectors may use.</summary>
internal static class SelectableFieldValidation
{
    private const int CountMax = 8;

    public static void Validate(ApiList<SelectableField> fields, JSONSchemaProps? schema, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < fields.Count; i++)
        {
            var (text, place) = (fields[i].JsonPath, path.Index(i).Child("jsonPath"));
            if (!errors.NotEmpty(place, text))
            {
                continue;
            }

            var target = SchemaPath.Find(text, schema ?? JSONSchemaProps.Empty, allowsBrackets: false);
            if (target.Error is not null)
            {
                errors.Invalid(place, text, "is an invalid path: " + target.Error);
                continue;
            }

            if (target.Root == "metadata")
            {
                errors.Invalid(place, text, "must not point to fields in metadata");
            }

            if (target.Schema?.Type is not ("string" or "boolean" or "integer"))
            {
                errors.Invalid(place, text, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.");
            }

            if (!seen.Add(target.Path.ToString()))
            {
                errors.Duplicate(place, text);
            }
        }

        if (seen.Count > CountMax)
        {
            errors.TooMany(path, seen.Count, CountMax);
        }
    }
}
