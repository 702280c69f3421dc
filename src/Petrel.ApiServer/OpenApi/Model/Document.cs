namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>An OpenAPI document before it is written in one of its formats.</summary>
/// <param name="Version">Kubernetes version, as <c>1.33</c>.</param>
/// <param name="Paths">In the order of their names.</param>
/// <param name="Definitions">In the order of their names.</param>
internal sealed record Document(string Version, IReadOnlyList<PathItem> Paths, IReadOnlyList<KeyValuePair<string, SchemaNode>> Definitions)
{
    public const string Title = "Kubernetes";
}
