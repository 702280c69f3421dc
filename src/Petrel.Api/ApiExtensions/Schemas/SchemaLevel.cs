namespace Petrel.Api.ApiExtensions.Schemas;

/// <summary>Where in an object the values of a schema are.</summary>
internal enum SchemaLevel
{
    Root,
    Item,
    Field,
}
