namespace Petrel.Api.Json;

/// <summary>A JSON true or false.</summary>
public sealed class JsonBoolean : JsonTree
{
    private JsonBoolean(bool value) => Value = value;

    public static JsonBoolean True { get; } = new(true);

    public static JsonBoolean False { get; } = new(false);

    public bool Value { get; }

    public override bool Equals(JsonTree? other) => other is JsonBoolean boolean && boolean.Value == Value;

    public override int GetHashCode() => Value ? 1 : 2;
}
