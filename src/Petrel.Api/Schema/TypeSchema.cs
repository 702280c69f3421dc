using System.Collections.Frozen;
using Petrel.Api.Resources;

namespace Petrel.Api.Schema;

/// <summary>
/// The shape of an API type at run time: what strict decoding, patches, field management and OpenAPI walk. Made by the
/// source generator from the record's declaration.
/// </summary>
public sealed class TypeSchema(string name, string description, string? mapType, IReadOnlyList<FieldSchema> fields)
{
    private FrozenDictionary<string, FieldSchema>? _byName;

    /// <summary>OpenAPI definition name, e.g. <c>io.k8s.api.core.v1.Pod</c>.</summary>
    public string Name { get; } = name;

    public string Description { get; } = description;

    public string? MapType { get; } = mapType;

    /// <summary>Set for top-level types, whose JSON starts with kind and apiVersion. Resolved late: kinds are declared in types.</summary>
    public Func<GroupVersionKind>? KindSource { get; init; }

    /// <summary>The type belongs to every group version.</summary>
    public bool IsInEveryVersion { get; init; }

    /// <summary>The field of a union that says which of the others is set; null for other types.</summary>
    public string? Discriminator { get; init; }

    /// <summary>Fields in the order in which they are written.</summary>
    public IReadOnlyList<FieldSchema> Fields { get; } = fields;

    /// <summary>The type's own name, e.g. <c>Pod</c>: what Go's decoder errors call the struct.</summary>
    public string ShortName => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>Package-qualified Go name, e.g. <c>v1.Pod</c>.</summary>
    public string GoName
    {
        get
        {
            var last = Name.LastIndexOf('.');
            var before = Name.LastIndexOf('.', last - 1);
            return Name[(before + 1)..];
        }
    }

    public FieldSchema? Find(string name)
    {
        _byName ??= Fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
        return _byName.GetValueOrDefault(name);
    }
}
