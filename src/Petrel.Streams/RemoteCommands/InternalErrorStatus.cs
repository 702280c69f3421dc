using System.Text.Json;

namespace Petrel.Streams.RemoteCommands;

/// <summary>The Status (meta/v1) of a session that failed, as upstream's translator writes it on the error channel.</summary>
internal static class InternalErrorStatus
{
    public static byte[] Encode(string message)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("metadata");
            writer.WriteEndObject();
            writer.WriteString("status", "Failure");
            writer.WriteString("message", $"Internal error occurred: {message}");
            writer.WriteString("reason", "InternalError");
            writer.WriteStartObject("details");
            writer.WriteStartArray("causes");
            writer.WriteStartObject();
            writer.WriteString("message", message);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteNumber("code", 500);
            writer.WriteEndObject();
        }

        return json.ToArray();
    }
}
