using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Petrel.Api.Json;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>What expressions of mutations give as JSON.</summary>
internal static class MutationJson
{
    /// <param name="typeName">The type that the object must have; those of its parts follow from where they stand. Null: whatever type.</param>
    public static bool TryConvert(CelValue value, string? typeName, [NotNullWhen(true)] out JsonTree? json, [NotNullWhen(false)] out string? error)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonEncoding.WriterOptions))
        {
            error = Write(writer, value, typeName);
        }

        json = error is null ? JsonTree.Parse(buffer.WrittenSpan) : null;
        return json is not null;
    }

    // Null, or what is wrong.
    private static string? Write(Utf8JsonWriter writer, CelValue value, string? typeName)
    {
        switch (value)
        {
            case CelNull:
                writer.WriteNullValue();
                return null;
            case CelBool flag:
                writer.WriteBooleanValue(flag.Value);
                return null;
            case CelInt number:
                writer.WriteNumberValue(number.Value);
                return null;
            case CelUint number:
                writer.WriteNumberValue(number.Value);
                return null;
            case CelDouble { Value: var number } when double.IsFinite(number):
                writer.WriteNumberValue(number);
                return null;
            case CelString text:
                writer.WriteStringValue(text.Value);
                return null;
            case CelList list:
                return WriteList(writer, list, typeName);
            case CelMap map:
                return WriteMap(writer, map);
            case CelObject made:
                return WriteObject(writer, made, typeName);
            case CelError failed:
                return failed.Message;
            default:
                return $"unsupported type {value.Type} in the result of a mutation";
        }
    }

    private static string? WriteList(Utf8JsonWriter writer, CelList list, string? typeName)
    {
        writer.WriteStartArray();
        for (var i = 0; i < list.Count; i++)
        {
            if (Write(writer, list[i], typeName) is { } error)
            {
                return error;
            }
        }

        writer.WriteEndArray();
        return null;
    }

    private static string? WriteMap(Utf8JsonWriter writer, CelMap map)
    {
        writer.WriteStartObject();
        foreach (var key in map.Keys)
        {
            if (key is not CelString name)
            {
                return $"unsupported type {key.Type} of a key in the result of a mutation";
            }

            writer.WritePropertyName(name.Value);
            if (map.TryGet(key, out var item) && Write(writer, item, null) is { } error)
            {
                return error;
            }
        }

        writer.WriteEndObject();
        return null;
    }

    private static string? WriteObject(Utf8JsonWriter writer, CelObject made, string? typeName)
    {
        if (typeName is not null && made.Type.Name != typeName)
        {
            return $"unexpected type name \"{made.Type.Name}\", expected \"{typeName}\", which matches field name path from root Object type";
        }

        writer.WriteStartObject();
        foreach (var name in made.FieldNames)
        {
            writer.WritePropertyName(name);
            if (made.TryGetField(name, out var field) && Write(writer, field, typeName is null ? null : $"{typeName}.{name}") is { } error)
            {
                return error;
            }
        }

        writer.WriteEndObject();
        return null;
    }
}
