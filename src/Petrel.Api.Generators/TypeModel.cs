namespace Petrel.Api.Generators;

/// <summary>A type to generate for. Equal models give equal output, so the compiler can reuse earlier output.</summary>
internal sealed class TypeModel(string @namespace, string name, string schemaName, string? mapType, string? kind, string? apiVersion, string description, bool isObject, bool hasStatus, IReadOnlyList<FieldModel> fields)
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

    public IReadOnlyList<FieldModel> Fields { get; } = fields;

    public bool Equals(TypeModel? other) =>
        other is not null && Namespace == other.Namespace && Name == other.Name && SchemaName == other.SchemaName && MapType == other.MapType && Kind == other.Kind && ApiVersion == other.ApiVersion
        && Description == other.Description && IsObject == other.IsObject && HasStatus == other.HasStatus && Fields.SequenceEqual(other.Fields);

    public override bool Equals(object? obj) => Equals(obj as TypeModel);

    public override int GetHashCode() => SchemaName.GetHashCode();
}
