namespace Petrel.Api.Json;

/// <summary>A JSON string.</summary>
public sealed class JsonText(string value) : JsonTree
{
    public string Value { get; } = value;

    public override bool Equals(JsonTree? other) => other is JsonText text && string.Equals(text.Value, Value, StringComparison.Ordinal);

    public override int GetHashCode() => string.GetHashCode(Value, StringComparison.Ordinal);
}
