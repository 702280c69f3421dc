using Petrel.Api.Schema;

namespace Petrel.Api.Patch;

/// <summary>What strategic merge knows about the members of an object: its type, or why it has none.</summary>
/// <param name="Type">The type; null for maps and free-form values.</param>
/// <param name="Collection">How the values are collected where there is no type.</param>
internal readonly record struct PatchSchema(TypeSchema? Type, Collection Collection)
{
    public static PatchSchema Of(TypeSchema type) => new(type, Collection.None);

    /// <summary>How the member of that name merges; a failure where the type has no such member.</summary>
    public PatchField Find(string name, out PatchFailure? failure)
    {
        failure = null;
        if (Type?.Find(name) is { } field)
        {
            var inner = field.Kind == FieldKind.Object && field.Collection is Collection.None or Collection.List
                ? new PatchSchema(field.Element, Collection.None)
                : new PatchSchema(null, field.Collection);
            return new PatchField(inner, field.PatchStrategy.FirstOrDefault(static strategy => strategy != "retainKeys") ?? string.Empty, field.PatchMergeKey);
        }

        failure = PatchFailure.Internal(Type is null && Collection is Collection.Map or Collection.MapOfLists
            ? "merging an object in json but data type is not struct, instead is: map"
            : $"unable to find api field in struct {Type?.ShortName ?? "RawExtension"} for the json field \"{name}\"");
        return default;
    }
}

/// <summary>How one member merges.</summary>
/// <param name="Schema">The schema of the value, or of the items of a list.</param>
/// <param name="Strategy">merge, replace, or empty.</param>
/// <param name="MergeKey">The member by which items of a list are told apart; null for lists of plain values.</param>
internal readonly record struct PatchField(PatchSchema Schema, string Strategy, string? MergeKey);
