using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Schemas;

/// <summary>Makes the definition of lists of a kind.</summary>
internal static class ListDefinition
{
    public static SchemaNode Make(TypeSchema type, ResourceInfo info, DefinitionSet definitions) => new()
    {
        Type = "object",
        Description = $"A list of objects of kind {info.Kind}.",
        Required = ["items"],
        Properties =
        [
            new("apiVersion", TypeDefinition.ApiVersion),
            new("items", new SchemaNode { Type = "array", Description = "The objects.", Items = new SchemaNode { Reference = definitions.Of(type), Default = "{}" } }),
            new("kind", TypeDefinition.Kind),
            new("metadata", new SchemaNode { Description = "The list's revision and how to get the rest of it.", Reference = definitions.Of(ListMeta.Schema), Default = "{}" }),
        ],
        Extensions = [TypeDefinition.KindsExtension([info.GroupVersionKind with { Kind = info.ListKind }])],
    };
}
