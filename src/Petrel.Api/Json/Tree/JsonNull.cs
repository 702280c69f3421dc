namespace Petrel.Api.Json;

/// <summary>The JSON null.</summary>
public sealed class JsonNull : JsonTree
{
    internal static readonly JsonNull Instance = new();

    private JsonNull()
    {
    }

    public override bool Equals(JsonTree? other) => other is JsonNull;

    public override int GetHashCode() => 0;
}
