using System.Text.Json;
using Petrel.Api.Codecs;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.ApiExtensions;

/// <summary>A schema, or names of fields (JSON schema's dependencies).</summary>
public sealed record JSONSchemaPropsOrStringArray : IJsonValue<JSONSchemaPropsOrStringArray>
{
    public static string GoType => "v1.JSONSchemaPropsOrStringArray";

    public static JSONSchemaPropsOrStringArray Empty { get; } = new();

    public JSONSchemaProps? Schema { get; init; }

    public ApiList<string> Property { get; init; }

    public static JSONSchemaPropsOrStringArray ReadJson(ref JsonDecoder decoder)
    {
        switch (decoder.TokenType)
        {
            case JsonTokenType.StartObject:
                return new() { Schema = decoder.ReadApart<JSONSchemaProps>() };
            case JsonTokenType.StartArray:
                return new() { Property = decoder.ReadListApart<string, StringCodec>() };
            default:
                // Upstream takes anything else for nothing at all.
                decoder.ReadRaw();
                return Empty;
        }
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        if (Property.Count > 0)
        {
            JsonEncoding.WriteList<string, StringCodec>(writer, Property);
        }
        else if (Schema is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            Schema.WriteJson(writer);
        }
    }

    public static JSONSchemaPropsOrStringArray ReadProtobuf(ref ProtobufReader reader)
    {
        var (schema, property) = ((JSONSchemaProps?)null, new List<string>());
        while (reader.NextField() is var number and not 0)
        {
            switch (number)
            {
                case 1:
                    schema = ObjectCodec<JSONSchemaProps>.ReadProtobuf(ref reader);
                    break;
                case 2:
                    property.Add(reader.ReadString());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new() { Schema = schema, Property = property.Count == 0 ? default : [.. property] };
    }

    public void WriteProtobuf(ProtobufWriter writer)
    {
        writer.WriteList<string, StringCodec>(2, Property);
        if (Schema is not null)
        {
            ObjectCodec<JSONSchemaProps>.WriteProtobuf(writer, 1, Schema);
        }
    }
}
