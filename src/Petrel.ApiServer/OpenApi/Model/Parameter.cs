namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>A parameter in the query or in the path.</summary>
/// <param name="Type">JSON type of its value.</param>
internal sealed record Parameter(string Name, string In, string Type, string Description)
{
    public bool IsRequired => In == "path";

    public static Parameter InQuery(string name, string type, string description) => new(name, "query", type, description);

    public static Parameter InPath(string name, string description) => new(name, "path", "string", description);
}
