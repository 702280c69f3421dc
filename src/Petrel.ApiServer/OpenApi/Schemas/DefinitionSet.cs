using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Schemas;

/// <summary>The definitions that a document needs: those that its paths name, and all that these name.</summary>
internal sealed class DefinitionSet
{
    private readonly SortedDictionary<string, SchemaNode> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly Queue<(string Name, Func<SchemaNode> Make)> _pending = new();

    /// <summary>Name of a type's definition, which becomes part of the set.</summary>
    public string Of(TypeSchema type) => Add(type.Name, () => TypeDefinition.Make(type, this));

    /// <summary>Makes a type's definition in another way than from its declaration (custom kinds).</summary>
    public void Define(TypeSchema type, Func<SchemaNode> make) => Add(type.Name, make);

    /// <summary>Name of the definition of lists of a kind.</summary>
    public string ListOf(TypeSchema type, ResourceInfo info) => Add(type.Name[..^info.Kind.Length] + info.ListKind, () => ListDefinition.Make(type, info, this));

    /// <summary>Name of the definition of a value that has a JSON form of its own.</summary>
    public string Of(ValueDefinition value) => Add(value.Name, () => value.Schema);

    /// <summary>The whole set, in the order of names.</summary>
    public IReadOnlyList<KeyValuePair<string, SchemaNode>> Complete()
    {
        while (_pending.TryDequeue(out var next))
        {
            _definitions.Add(next.Name, next.Make());
        }

        return [.. _definitions];
    }

    private string Add(string name, Func<SchemaNode> make)
    {
        if (_named.Add(name))
        {
            _pending.Enqueue((name, make));
        }

        return name;
    }
}
