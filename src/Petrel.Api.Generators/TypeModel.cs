namespace Petrel.Api.Generators;

/// <summary>A type to generate for. Equal models give equal output, so the compiler can reuse earlier output.</summary>
internal sealed class TypeModel(string @namespace, string name, string schemaName, string? mapType, string? kind, string? apiVersion, string description, bool isObject, bool hasStatus, bool countsChanges, string extras, IReadOnlyList<FieldModel> fields)
    : IEquatable<TypeModel>
{
    public string Namespace { get; } = @namespace;

    public string Name { get; } = name;

    public string SchemaName { get; } = schemaName;

    public string? MapType { get; } = mapType;

    /// <summary>Written as the first two JSON fields of a top-level type that is no ApiObject.</summary>
    public string? Kind { get; } = kind;

    public string? ApiVersion { get; } = apiVersion;

    public string Description { get; } = description;

    /// <summary>A top-level kind: its JSON starts with kind and apiVersion.</summary>
    public bool IsObject { get; } = isObject;

    /// <summary>A kind with a status subresource that does not implement IHasStatus by hand.</summary>
    public bool HasStatus { get; } = hasStatus;

    /// <summary>A kind with a generation that does not say by hand what counts as a change.</summary>
    public bool CountsChanges { get; } = countsChanges;

    /// <summary>The remaining initialisers of the TypeSchema, as C# source.</summary>
    public string Extras { get; } = extras;

    public IReadOnlyList<FieldModel> Fields { get; } = fields;

    public bool Equals(TypeModel? other) =>
        other is not null && Namespace == other.Namespace && Name == other.Name && SchemaName == other.SchemaName && MapType == other.MapType && Kind == other.Kind && ApiVersion == other.ApiVersion
        && Description == other.Description && IsObject == other.IsObject && HasStatus == other.HasStatus && CountsChanges == other.CountsChanges && Extras == other.Extras && Fields.SequenceEqual(other.Fields);

    public override bool Equals(object? obj) => Equals(obj as TypeModel);

    public override int GetHashCode() => SchemaName.GetHashCode();
}
