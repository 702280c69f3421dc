using System.Text.Json;
using Petrel.Api.Codecs;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.ApiExtensions;

/// <summary>A schema for all items of a list, or one for each (JSON schema's items).</summary>
public sealed record JSONSchemaPropsOrArray : IJsonValue<JSONSchemaPropsOrArray>
{
    public static string GoType => "v1.JSONSchemaPropsOrArray";

    public static JSONSchemaPropsOrArray Empty { get; } = new();

    public JSONSchemaProps? Schema { get; init; }

    /// <summary>A schema for each item. Must not be used.</summary>
    public ApiList<JSONSchemaProps> JSONSchemas { get; init; }

    public static JSONSchemaPropsOrArray ReadJson(ref JsonDecoder decoder)
    {
        switch (decoder.TokenType)
        {
            case JsonTokenType.StartObject:
                return new() { Schema = decoder.ReadApart<JSONSchemaProps>() };
            case JsonTokenType.StartArray:
                return new() { JSONSchemas = decoder.ReadListApart<JSONSchemaProps, ObjectCodec<JSONSchemaProps>>() };
            default:
                // Upstream takes anything else for nothing at all.
                decoder.ReadRaw();
                return Empty;
        }
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        if (JSONSchemas.Count > 0)
        {
            JsonEncoding.WriteList<JSONSchemaProps, ObjectCodec<JSONSchemaProps>>(writer, JSONSchemas);
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

    public static JSONSchemaPropsOrArray ReadProtobuf(ref ProtobufReader reader)
    {
        var (schema, schemas) = ((JSONSchemaProps?)null, new List<JSONSchemaProps>());
        while (reader.NextField() is var number and not 0)
        {
            switch (number)
            {
                case 1:
                    schema = ObjectCodec<JSONSchemaProps>.ReadProtobuf(ref reader);
                    break;
                case 2:
                    schemas.Add(ObjectCodec<JSONSchemaProps>.ReadProtobuf(ref reader));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new() { Schema = schema, JSONSchemas = schemas.Count == 0 ? default : [.. schemas] };
    }

    public void WriteProtobuf(ProtobufWriter writer)
    {
        writer.WriteList<JSONSchemaProps, ObjectCodec<JSONSchemaProps>>(2, JSONSchemas);
        if (Schema is not null)
        {
            ObjectCodec<JSONSchemaProps>.WriteProtobuf(writer, 1, Schema);
        }
    }
}
