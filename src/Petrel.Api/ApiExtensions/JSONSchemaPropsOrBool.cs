using System.Text.Json;
using Petrel.Api.Codecs;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.ApiExtensions;

/// <summary>A schema, or whether there is one that allows everything (JSON schema's additionalProperties).</summary>
public sealed record JSONSchemaPropsOrBool : IJsonValue<JSONSchemaPropsOrBool>
{
    public static string GoType => "v1.JSONSchemaPropsOrBool";

    public static JSONSchemaPropsOrBool Empty { get; } = new();

    /// <summary>Something is allowed: what the schema says, or everything without one.</summary>
    public bool Allows { get; init; }

    public JSONSchemaProps? Schema { get; init; }

    public static JSONSchemaPropsOrBool ReadJson(ref JsonDecoder decoder)
    {
        switch (decoder.TokenType)
        {
            case JsonTokenType.StartObject:
                return new() { Allows = true, Schema = decoder.ReadApart<JSONSchemaProps>() };
            case JsonTokenType.True or JsonTokenType.False:
                return new() { Allows = decoder.ReadBoolean() };
            default:
                decoder.Unparsable("boolean or JSON schema expected");
                decoder.ReadRaw();
                return Empty;
        }
    }

    public void WriteJson(Utf8JsonWriter writer)
    {
        if (Schema is null)
        {
            writer.WriteBooleanValue(Allows);
        }
        else
        {
            Schema.WriteJson(writer);
        }
    }

    public static JSONSchemaPropsOrBool ReadProtobuf(ref ProtobufReader reader)
    {
        var (allows, schema) = (false, (JSONSchemaProps?)null);
        while (reader.NextField() is var number and not 0)
        {
            switch (number)
            {
                case 1:
                    allows = BooleanCodec.ReadProtobuf(ref reader);
                    break;
                case 2:
                    schema = ObjectCodec<JSONSchemaProps>.ReadProtobuf(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new() { Allows = allows, Schema = schema };
    }

    public void WriteProtobuf(ProtobufWriter writer)
    {
        if (Schema is not null)
        {
            ObjectCodec<JSONSchemaProps>.WriteProtobuf(writer, 2, Schema);
        }

        BooleanCodec.WriteProtobuf(writer, 1, Allows);
    }
}
