using Petrel.Api.ApiExtensions.Rules;
using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.ApiExtensions.Objects;

/// <summary>One version of a kind that a CustomResourceDefinition defines: what its objects go through. Immutable.</summary>
public sealed class CustomKind
{
    private const string CreationTime = "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order "
        + "across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. "
        + "Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

    private readonly Lazy<RuleSet?> _rules;

    internal CustomKind(CustomResourceDefinition definition, CustomResourceDefinitionVersion version)
    {
        Definition = definition;
        Version = version;
        Schema = version.Validation?.OpenAPIV3Schema is { } schema ? StructuralSchema.Of(schema) : null;
        CustomResourceColumnDefinition[] columns = version.AdditionalPrinterColumns.IsEmpty
            ? [new CustomResourceColumnDefinition { Name = "Age", Type = "date", Description = CreationTime, JsonPath = ".metadata.creationTimestamp" }]
            : [.. version.AdditionalPrinterColumns];
        Cells = [.. columns.Select(static column => new CustomCell(column.Type, JsonPathText.Parse(column.JsonPath)))];
        Structure = SchemaStructure.OfObject(Schema);
        Info = InfoOf(definition, version, columns);
        Scale = version.Subresources?.Scale is { } scale ? new CustomScale(scale) : null;
        SelectableFields = version.SelectableFields.ToDictionary(static field => field.JsonPath.TrimStart('.'), static field => JsonPathText.Parse(field.JsonPath), StringComparer.Ordinal);
        _rules = new Lazy<RuleSet?>(() => Schema is null ? null : RuleSet.Compile(Schema.Source, isResourceRoot: true));
    }

    public CustomResourceDefinition Definition { get; }

    public CustomResourceDefinitionVersion Version { get; }

    public ResourceInfo Info { get; }

    public StructuralSchema? Schema { get; }

    internal bool HasStatus => Version.Subresources?.Status is not null;

    internal CustomScale? Scale { get; }

    internal IReadOnlyList<CustomCell> Cells { get; }

    internal IReadOnlyDictionary<string, JsonPathText> SelectableFields { get; }

    /// <summary>How its fields are owned.</summary>
    internal FieldStructure Structure { get; }

    /// <summary>The rules in CEL; null when there are none. Compiled when first asked for.</summary>
    internal RuleSet? Rules => _rules.Value;

    /// <summary>The content of an object without what the schema does not name; all of it of definitions from before there was pruning.</summary>
    /// <param name="dropped">Paths of the dropped fields, sorted.</param>
    internal JsonMap Prune(JsonMap content, out IReadOnlyList<string> dropped)
    {
        if (!Definition.Spec.PreserveUnknownFields)
        {
            return Pruning.Prune(content, Schema, out dropped);
        }

        dropped = [];
        return content;
    }

    /// <summary>The version as the generic path sees it.</summary>
    /// <param name="storage">Null: just the version, not how it is stored.</param>
    /// <param name="conversion">How objects of other versions become ones of this by asking somebody; null when nobody is asked.</param>
    /// <param name="versions">All versions of the kind; null when it is the only one.</param>
    internal ResourceType ToType(StorageVersion? storage, ObjectConversion? conversion, IFieldVersions? versions) => ResourceType.Custom(
        Info,
        new TypeSchema(DefinitionNameOf(Info), Schema?.Source.Description ?? "", null, CustomObject.MetadataOnly) { KindSource = () => Info.GroupVersionKind },
        typeof(CustomObject),
        Structure,
        [.. SelectableFields.Keys],
        (json, problems) => CustomObject.Decode(json, this, problems),
        () => new CustomObject(this, JsonMap.Empty),
        storage,
        conversion,
        versions);

    // The reversed group, as upstream's: com.example.stable.v1.CronTab.
    private static string DefinitionNameOf(ResourceInfo info) => string.Join('.', info.Group.Split('.').Reverse().Append(info.Version).Append(info.Kind));

    private static ResourceInfo InfoOf(CustomResourceDefinition definition, CustomResourceDefinitionVersion version, CustomResourceColumnDefinition[] columns)
    {
        var names = definition.Status.AcceptedNames;
        var isEnding = definition.Status.IsTrue(CustomResourceDefinitionCondition.Terminating);
        var parts = version.Subresources;
        return new ResourceInfo(definition.Spec.Group, version.Name, names.Kind, names.Plural)
        {
            Namespaced = definition.Spec.Scope == "Namespaced",
            Singular = names.Singular,
            ShortNames = names.ShortNames,
            Categories = names.Categories,
            ListKind = names.ListKind,
            StorageKey = definition.Spec.Group + "/" + names.Plural,
            UnconditionalUpdate = false,
            AllowsAnyFinalizer = true,
            IsEnding = isEnding,
            DeprecationWarning = DeprecationOf(definition, version),
            ResetFields = parts?.Status is null ? [] : ["status"],
            Columns = [Column.ObjectName, .. columns.Select(static column => new Column(column.Name, column.Type, column.Format, DescriptionOf(column), column.Priority))],
            Subresources =
            [
                .. parts?.Status is null ? Array.Empty<Subresource>() : [new Subresource("status", Verbs.GetPatchUpdate) { ResetFields = ["spec"] }],
                .. parts?.Scale is null ? Array.Empty<Subresource>() : [new Subresource("scale", Verbs.GetPatchUpdate, new GroupVersionKind("autoscaling", "v1", "Scale")) { Body = Autoscaling.Scale.Schema, ResetFields = [] }],
            ],
        };
    }

    private static string DescriptionOf(CustomResourceColumnDefinition column) =>
        column.Description.Length > 0 ? column.Description : "Custom resource definition column (in JSONPath format): " + column.JsonPath;

    private static string? DeprecationOf(CustomResourceDefinition definition, CustomResourceDefinitionVersion version)
    {
        if (!version.Deprecated)
        {
            return null;
        }

        if (version.DeprecationWarning is { } text)
        {
            return text;
        }

        var kind = definition.Status.AcceptedNames.Kind;
        var better = definition.Spec.Versions
            .Where(static other => other.Served && !other.Deprecated)
            .Order(Comparer<CustomResourceDefinitionVersion>.Create(static (left, right) => VersionOrder.Compare(left.Name, right.Name)))
            .FirstOrDefault(other => VersionOrder.Compare(other.Name, version.Name) < 0);
        var warning = $"{definition.Spec.Group}/{version.Name} {kind} is deprecated";
        return better is null ? warning : $"{warning}; use {definition.Spec.Group}/{better.Name} {kind}";
    }
}
