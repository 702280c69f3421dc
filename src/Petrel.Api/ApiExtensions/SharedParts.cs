using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>What all versions of a definition agree on, part by part.</summary>
internal sealed record SharedParts(
    CustomResourceValidation? Validation,
    CustomResourceSubresources? Subresources,
    ApiList<CustomResourceColumnDefinition> Columns,
    ApiList<SelectableField> SelectableFields)
{
    private bool AgreesOnValidation { get; init; }

    private bool AgreesOnSubresources { get; init; }

    private bool AgreesOnColumns { get; init; }

    private bool AgreesOnSelectableFields { get; init; }

    public static SharedParts Of(CustomResourceDefinitionSpec spec)
    {
        if (spec.Versions.IsEmpty)
        {
            return new SharedParts(null, null, default, default);
        }

        var first = spec.Versions[0];
        var validation = spec.Versions.All(version => version.Validation == first.Validation);
        var subresources = spec.Versions.All(version => version.Subresources == first.Subresources);
        var columns = spec.Versions.All(version => version.AdditionalPrinterColumns == first.AdditionalPrinterColumns);
        var fields = spec.Versions.All(version => version.SelectableFields == first.SelectableFields);
        return new SharedParts(
            validation ? first.Validation : null,
            subresources ? first.Subresources : null,
            columns ? first.AdditionalPrinterColumns : default,
            fields ? first.SelectableFields : default)
        {
            AgreesOnValidation = validation,
            AgreesOnSubresources = subresources,
            AgreesOnColumns = columns,
            AgreesOnSelectableFields = fields,
        };
    }

    /// <summary>A version without what all agree on.</summary>
    public CustomResourceDefinitionVersion RestOf(CustomResourceDefinitionVersion version) => version with
    {
        Validation = AgreesOnValidation ? null : version.Validation,
        Subresources = AgreesOnSubresources ? null : version.Subresources,
        AdditionalPrinterColumns = AgreesOnColumns ? default : version.AdditionalPrinterColumns,
        SelectableFields = AgreesOnSelectableFields ? default : version.SelectableFields,
    };

    /// <summary>The versions in Go's syntax.</summary>
    public string Print(ApiList<CustomResourceDefinitionVersion> versions)
    {
        const string Type = "apiextensions.CustomResourceDefinitionVersion";
        return versions.IsNil ? $"[]{Type}(nil)" : $"[]{Type}{{{string.Join(", ", versions.Select(version => Type + Print(RestOf(version))))}}}";
    }

    private static string Print(CustomResourceDefinitionVersion version)
    {
        var columns = version.AdditionalPrinterColumns.Select(static column =>
            FormattableString.Invariant($"apiextensions.CustomResourceColumnDefinition{{Name:{GoSyntax.Quote(column.Name)}, Type:{GoSyntax.Quote(column.Type)}, Format:{GoSyntax.Quote(column.Format)}, Description:{GoSyntax.Quote(column.Description)}, Priority:{column.Priority}, JSONPath:{GoSyntax.Quote(column.JsonPath)}}}"));
        var fields = version.SelectableFields.Select(static field => $"apiextensions.SelectableField{{JSONPath:{GoSyntax.Quote(field.JsonPath)}}}");
        return $"{{Name:{GoSyntax.Quote(version.Name)}, Served:{Flag(version.Served)}, Storage:{Flag(version.Storage)}, Deprecated:{Flag(version.Deprecated)}, "
            + $"DeprecationWarning:{GoSyntax.Pointer("string", version.DeprecationWarning)}, Schema:{GoSyntax.Pointer("apiextensions.CustomResourceValidation", version.Validation)}, "
            + $"Subresources:{GoSyntax.Pointer("apiextensions.CustomResourceSubresources", version.Subresources)}, "
            + $"AdditionalPrinterColumns:{List("apiextensions.CustomResourceColumnDefinition", columns)}, SelectableFields:{List("apiextensions.SelectableField", fields)}}}";
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static string List(string type, IEnumerable<string> items)
    {
        var text = string.Join(", ", items);
        return text.Length == 0 ? $"[]{type}(nil)" : $"[]{type}{{{text}}}";
    }
}
