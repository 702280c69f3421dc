using System.Buffers;
using System.Text.Json;
using Petrel.Api.Json;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>What both JSON forms write in the same way.</summary>
internal static class JsonParts
{
    public static ReadOnlyMemory<byte> Build(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var writer = new Utf8JsonWriter(buffer, JsonEncoding.WriterOptions))
        {
            write(writer);
        }

        return buffer.WrittenMemory;
    }

    public static void Info(Utf8JsonWriter writer, Model.Document document)
    {
        writer.WriteStartObject("info"u8);
        writer.WriteString("title"u8, Model.Document.Title);
        writer.WriteString("version"u8, document.Version);
        writer.WriteEndObject();
    }

    /// <summary>Writes a text that is left out when empty.</summary>
    public static void Text(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            writer.WriteString(name, text);
        }
    }

    /// <summary>Writes a list that is left out when empty.</summary>
    public static void Texts(Utf8JsonWriter writer, ReadOnlySpan<byte> name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    public static void Extensions(Utf8JsonWriter writer, IReadOnlyList<KeyValuePair<string, string>> extensions)
    {
        foreach (var (name, json) in extensions)
        {
            writer.WritePropertyName(name);
            writer.WriteRawValue(json, skipInputValidation: true);
        }
    }

    public static void Action(Utf8JsonWriter writer, Model.Operation operation)
    {
        if (operation.Action is null)
        {
            return;
        }

        writer.WriteString("x-kubernetes-action"u8, operation.Action);
        writer.WriteStartObject("x-kubernetes-group-version-kind"u8);
        writer.WriteString("group"u8, operation.Kind.Group);
        writer.WriteString("kind"u8, operation.Kind.Kind);
        writer.WriteString("version"u8, operation.Kind.Version);
        writer.WriteEndObject();
    }
}
