using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>Rules for the columns of tables.</summary>
internal static class PrinterColumnValidation
{
    private static readonly string[] Types = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] Formats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    public static void Validate(ApiList<CustomResourceColumnDefinition> columns, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            Validate(columns[i], path.Index(i), errors);
        }
    }

    private static void Validate(CustomResourceColumnDefinition column, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), column.Name);
        if (errors.NotEmpty(path.Child("type"), column.Type, "must be one of " + string.Join(',', Types)) && !Types.Contains(column.Type))
        {
            errors.Invalid(path.Child("type"), column.Type, "must be one of " + string.Join(',', Types));
        }

        if (column.Format.Length > 0 && !Formats.Contains(column.Format))
        {
            errors.Invalid(path.Child("format"), column.Format, "must be one of " + string.Join(',', Formats));
        }

        if (errors.NotEmpty(path.Child("JSONPath"), column.JsonPath))
        {
            SubresourceValidation.IsSimplePath(column.JsonPath, path.Child("JSONPath"), errors);
        }
    }
}
