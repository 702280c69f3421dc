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

    /// <summary>The type in another version of its kind, which has the same fields: it and what else belongs to its version is renamed.</summary>
    public TypeSchema In(GroupVersionKind kind)
    {
        // Names are io.k8s.api.GROUP.VERSION.KIND, with the group in short.
        var parts = Name.Split('.');
        var group = kind.Group == KindSource?.Invoke().Group ? parts[^3] : kind.Group.Split('.')[0];
        string[] renamed = [.. parts[..^3], group, kind.Version, ""];
        string[] prefix = [.. parts[..^2], ""];
        return Rename(this, string.Join('.', prefix), string.Join('.', renamed), kind, new Dictionary<string, TypeSchema>(StringComparer.Ordinal));
    }

    // A version may share parts with another one of its group: in it, they have its name.
    private static TypeSchema Rename(TypeSchema type, string group, string renamed, GroupVersionKind? kind, Dictionary<string, TypeSchema> known)
    {
        if (!type.Name.StartsWith(group, StringComparison.Ordinal) || type.Name.AsSpan(group.Length).Count('.') != 1)
        {
            return type;
        }

        lock (known)
        {
            if (!known.TryGetValue(type.Name, out var found))
            {
                var fields = type.Fields.Select(field => field.Kind == FieldKind.Object
                    ? field with { ElementSource = () => Rename(field.Element!, group, renamed, null, known) }
                    : field);
                found = known[type.Name] = new TypeSchema(renamed + type.ShortName, type.Description, type.MapType, [.. fields])
                {
                    KindSource = kind is { } own ? () => own : type.KindSource,
                    IsInEveryVersion = type.IsInEveryVersion,
                    Discriminator = type.Discriminator,
                };
            }

            return found;
        }
    }

    public FieldSchema? Find(string name)
    {
        _byName ??= Fields.ToFrozenDictionary(field => field.Name, StringComparer.Ordinal);
        return _byName.GetValueOrDefault(name);
    }
}
