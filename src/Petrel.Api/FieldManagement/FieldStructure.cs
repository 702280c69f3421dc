using System.Collections.Concurrent;
using System.Collections.Frozen;
using Petrel.Api.Json;
using Petrel.Api.Schema;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// How values of a type are owned: as a whole (leaves and atomic collections), by field, by map entry, by list item. Made from the
/// schema of a built-in kind, or put together for a custom one.
/// </summary>
public sealed class FieldStructure
{
    private static readonly ConcurrentDictionary<TypeSchema, FieldStructure> Known = new();

    private readonly Func<IEnumerable<FieldMember>>? _members;
    private readonly Func<FieldStructure>? _element;
    private FrozenDictionary<string, FieldMember>? _membersByName;
    private FieldStructure? _resolvedElement;

    private FieldStructure(FieldStructureKind kind, Func<FieldStructure>? element = null, Func<IEnumerable<FieldMember>>? members = null)
    {
        Kind = kind;
        _element = element;
        _members = members;
    }

    public static FieldStructure String { get; } = new(FieldStructureKind.Scalar) { Scalar = ScalarKind.String };

    public static FieldStructure Numeric { get; } = new(FieldStructureKind.Scalar) { Scalar = ScalarKind.Numeric };

    public static FieldStructure Boolean { get; } = new(FieldStructureKind.Scalar) { Scalar = ScalarKind.Boolean };

    /// <summary>A scalar of any type: quantities, times, int-or-string.</summary>
    public static FieldStructure AnyScalar { get; } = new(FieldStructureKind.Scalar) { Scalar = ScalarKind.Any };

    /// <summary>A free-form value owned as a whole.</summary>
    public static FieldStructure Opaque { get; } = new(FieldStructureKind.Free) { IsAtomic = true };

    /// <summary>A value without a schema: objects are owned by field, lists as a whole.</summary>
    public static FieldStructure Deduced { get; } = new(FieldStructureKind.Free);

    internal FieldStructureKind Kind { get; }

    internal ScalarKind Scalar { get; private init; }

    /// <summary>Owned as a whole although it has parts.</summary>
    internal bool IsAtomic { get; private init; }

    /// <summary>For list items told apart by keys: the names of the keys, sorted.</summary>
    internal IReadOnlyList<string> Keys { get; private init; } = [];

    /// <summary>The structure of the items of a list or the values of a map.</summary>
    internal FieldStructure? Element => _resolvedElement ??= _element?.Invoke();

    /// <summary>The structure of a built-in type.</summary>
    public static FieldStructure Of(TypeSchema schema) => Known.GetOrAdd(schema, static type => new FieldStructure(
        FieldStructureKind.Struct,
        members: () => type.Fields.Select(FieldMember.Of))
    {
        IsAtomic = type.MapType == "atomic",
    });

    /// <summary>The structure of a whole object: the type's, with apiVersion and kind.</summary>
    public static FieldStructure OfObject(TypeSchema schema) => Struct(() =>
        [new FieldMember("apiVersion", String), new FieldMember("kind", String), .. schema.Fields.Select(FieldMember.Of)]);

    /// <summary>An object with these fields; the source is asked once, when first needed.</summary>
    /// <param name="others">The structure of fields that are not named; null when there may be none.</param>
    public static FieldStructure Struct(Func<IEnumerable<FieldMember>> members, bool isAtomic = false, Func<FieldStructure>? others = null) =>
        new(FieldStructureKind.Struct, others, members) { IsAtomic = isAtomic };

    /// <summary>An object with any names.</summary>
    public static FieldStructure Map(Func<FieldStructure> element, bool isAtomic = false) => new(FieldStructureKind.Map, element) { IsAtomic = isAtomic };

    /// <summary>A list owned as a whole.</summary>
    public static FieldStructure AtomicList(Func<FieldStructure> element) => new(FieldStructureKind.List, element) { IsAtomic = true };

    /// <summary>A list whose items are told apart by their value.</summary>
    public static FieldStructure Set(Func<FieldStructure> element) => new(FieldStructureKind.List, element);

    /// <summary>A list whose items are objects told apart by keys.</summary>
    public static FieldStructure ListMap(IEnumerable<string> keys, Func<FieldStructure> element) =>
        new(FieldStructureKind.List, element) { Keys = [.. keys.Order(Utf8Order.Comparer)] };

    /// <summary>The field of that name; null when the structure does not declare it.</summary>
    internal FieldMember? Find(string name)
    {
        if (_members is null)
        {
            return null;
        }

        _membersByName ??= _members().ToFrozenDictionary(static member => member.Name, StringComparer.Ordinal);
        return _membersByName.GetValueOrDefault(name);
    }

    /// <summary>The structure of the value of that name in an object; null when there is no such field.</summary>
    internal FieldStructure? Child(string name) => Kind switch
    {
        FieldStructureKind.Struct => Find(name)?.Structure ?? Element,
        FieldStructureKind.Map => Element,
        _ => Deduced,
    };

    /// <summary>The structure a value is treated by: of a free-form value, what it looks like.</summary>
    internal FieldStructureKind KindFor(JsonTree value)
    {
        if (Kind == FieldStructureKind.Scalar || IsAtomic)
        {
            return FieldStructureKind.Scalar;
        }

        return Kind != FieldStructureKind.Free ? Kind : value is JsonMap ? FieldStructureKind.Map : FieldStructureKind.Scalar;
    }

    /// <summary>The path element of a list item; null with an error when the item has none.</summary>
    internal string? ElementOf(JsonTree item, out string? error)
    {
        error = null;
        if (Keys.Count == 0)
        {
            error = item switch
            {
                JsonMap => "associative list without keys has an element that's a map type",
                JsonList => "not supported: associative list with lists as elements",
                JsonNull => "associative list without keys has an element that's an explicit null",
                _ => null,
            };
            return error is null ? FieldElement.OfValue(item) : null;
        }

        if (item is not JsonMap map)
        {
            error = item.IsNull ? "associative list with keys may not have a null element" : "associative list with keys may not have non-map elements";
            return null;
        }

        var keys = new KeyValuePair<string, JsonTree>[Keys.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            if ((map.Find(Keys[i]) ?? Element!.Find(Keys[i])?.Default) is not { } value)
            {
                error = $"associative list with keys has an element that omits key field \"{Keys[i]}\" (and doesn't have default value)";
                return null;
            }

            keys[i] = KeyValuePair.Create(Keys[i], value);
        }

        return FieldElement.OfKeys(keys);
    }
}

internal enum FieldStructureKind
{
    Scalar,
    Struct,
    Map,
    List,
    Free,
}

internal enum ScalarKind
{
    Any,
    String,
    Numeric,
    Boolean,
}
