using System.Text.Json;

namespace Petrel.Api.Schema;

/// <summary>A type whose JSON starts with its kind, which can be left out.</summary>
public interface IBare
{
    /// <summary>Writes the value without kind and apiVersion.</summary>
    void WriteBareJson(Utf8JsonWriter writer);
}
