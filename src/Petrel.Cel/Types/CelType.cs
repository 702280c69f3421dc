namespace Petrel.Cel.Types;

/// <summary>A type of the Common Expression Language. Object and opaque types are the same when their names are.</summary>
public sealed class CelType : IEquatable<CelType>
{
    private readonly Func<string, CelType?>? _fields;

    private CelType(CelKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    private CelType(string name, Func<string, CelType?> fields)
        : this(CelKind.Object, name) => _fields = fields;

    public static CelType Dyn { get; } = new(CelKind.Dyn, "dyn");

    public static CelType Error { get; } = new(CelKind.Error, "!error!");

    public static CelType Null { get; } = new(CelKind.Null, "null_type");

    public static CelType Bool { get; } = new(CelKind.Bool, "bool");

    public static CelType Int { get; } = new(CelKind.Int, "int");

    public static CelType Uint { get; } = new(CelKind.Uint, "uint");

    public static CelType Double { get; } = new(CelKind.Double, "double");

    public static CelType String { get; } = new(CelKind.String, "string");

    public static CelType Bytes { get; } = new(CelKind.Bytes, "bytes");

    public static CelType Timestamp { get; } = new(CelKind.Timestamp, "google.protobuf.Timestamp");

    public static CelType Duration { get; } = new(CelKind.Duration, "google.protobuf.Duration");

    /// <summary>The type of types, of whatever type.</summary>
    public static CelType Type { get; } = new(CelKind.Type, "type");

    public CelKind Kind { get; }

    /// <summary>What type(x) is called; for object and opaque types the whole name.</summary>
    public string Name { get; }

    /// <summary>Element of a list, key and value of a map, what an opaque type is about.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    internal bool IsDynOrError => Kind is CelKind.Dyn or CelKind.Error;

    internal bool IsOptional => Kind == CelKind.Opaque && Name == OptionalName;

    private const string OptionalName = "optional_type";

    public static CelType List(CelType element) => new(CelKind.List, "list", element);

    public static CelType Map(CelType key, CelType value) => new(CelKind.Map, "map", key, value);

    public static CelType Optional(CelType value) => new(CelKind.Opaque, OptionalName, value);

    public static CelType TypeOf(CelType type) => new(CelKind.Type, "type", type);

    public static CelType Opaque(string name, params CelType[] parameters) => new(CelKind.Opaque, name, parameters);

    /// <summary>A type that a call decides.</summary>
    public static CelType Parameter(string name) => new(CelKind.Parameter, name);

    /// <summary>A message type.</summary>
    /// <param name="fields">The type of a field, or null when there is none of that name. Asked late, so that types may recurse.</param>
    public static CelType Object(string name, Func<string, CelType?> fields) => new(name, fields);

    /// <summary>The type of a field of an object type; null when it has none of that name.</summary>
    public CelType? FindField(string name) => _fields?.Invoke(name);

    internal CelType With(params CelType[] parameters) => new(Kind, Name, parameters);

    public bool Equals(CelType? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || other.Kind != Kind || other.Name != Name || other.Parameters.Count != Parameters.Count)
        {
            return false;
        }

        for (var i = 0; i < Parameters.Count; i++)
        {
            if (!Parameters[i].Equals(other.Parameters[i]))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as CelType);

    public override int GetHashCode() => HashCode.Combine(Kind, Name, Parameters.Count);

    /// <summary>The type as results are described with it: <c>map(string, int)</c>, <c>null_type</c>, <c>timestamp</c>.</summary>
    public override string ToString() => Describe(Kind == CelKind.Null ? "null_type" : null);

    /// <summary>The type as errors of the checker show it: like <see cref="ToString"/>, but <c>null</c>.</summary>
    public string ToMessage() => Describe(Kind == CelKind.Null ? "null" : null);

    private string Describe(string? own)
    {
        var name = own ?? Kind switch
        {
            CelKind.Timestamp => "timestamp",
            CelKind.Duration => "duration",
            _ => Name,
        };
        return Parameters.Count == 0 ? name : $"{name}({string.Join(", ", Parameters.Select(parameter => own is null ? parameter.ToMessage() : parameter.ToString()))})";
    }
}
