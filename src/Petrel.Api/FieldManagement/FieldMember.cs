using Petrel.Api.Json;
using Petrel.Api.Schema;

namespace Petrel.Api.FieldManagement;

/// <summary>A declared field of an object.</summary>
/// <param name="Name">Its JSON name.</param>
/// <param name="Structure">How its value is owned.</param>
/// <param name="Default">What a list key that is left out counts as; null when it may not be left out.</param>
public sealed record FieldMember(string Name, FieldStructure Structure, JsonTree? Default = null)
{
    private const string Atomic = "atomic";

    /// <summary>The step to the field in a path.</summary>
    internal string Element { get; } = FieldElement.OfName(Name);

    internal static FieldMember Of(FieldSchema field) => new(field.Name, StructureOf(field), DefaultOf(field));

    private static FieldStructure StructureOf(FieldSchema field) => field.Collection switch
    {
        Collection.List => field.ListType switch
        {
            "map" => FieldStructure.ListMap(field.MapKeys, () => ValueOf(field)),
            "set" => FieldStructure.Set(() => ValueOf(field)),
            _ => FieldStructure.AtomicList(() => ValueOf(field)),
        },
        Collection.Map => FieldStructure.Map(() => ValueOf(field), field.MapType == Atomic),
        Collection.MapOfLists => FieldStructure.Map(() => FieldStructure.AtomicList(() => ValueOf(field)), field.MapType == Atomic),

        // The field may make a type atomic that elsewhere is not, or the other way round.
        _ when field is { Kind: FieldKind.Object, MapType: not null } => FieldStructure.Struct(() => field.Element!.Fields.Select(Of), field.MapType == Atomic),
        _ => ValueOf(field),
    };

    private static FieldStructure ValueOf(FieldSchema field) => field.Kind switch
    {
        FieldKind.Object => FieldStructure.Of(field.Element!),
        FieldKind.Raw => FieldStructure.Opaque,
        FieldKind.Boolean => FieldStructure.Boolean,
        FieldKind.Int32 or FieldKind.Int64 or FieldKind.Double => FieldStructure.Numeric,
        FieldKind.String or FieldKind.Bytes => FieldStructure.String,
        _ => FieldStructure.AnyScalar,
    };

    // Fields that are always written have their zero value as default.
    private static JsonTree? DefaultOf(FieldSchema field)
    {
        if (field.Default is not null)
        {
            return JsonTree.Parse(field.Default);
        }

        if (!field.Always || field.Nullable || field.Collection != Collection.None)
        {
            return null;
        }

        return field.Kind switch
        {
            FieldKind.String => string.Empty,
            FieldKind.Int32 or FieldKind.Int64 => 0,
            FieldKind.Boolean => false,
            _ => null,
        };
    }
}
