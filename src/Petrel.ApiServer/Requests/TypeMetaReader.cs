using System.Text.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads apiVersion and kind of a JSON body before anything else is decoded.</summary>
internal static class TypeMetaReader
{
    private const string GoStruct =
        "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";

    /// <exception cref="StatusException">400 when the body is no JSON object or the fields are no strings.</exception>
    public static GroupVersionKind Read(ResourceType type, ReadOnlySpan<byte> json)
    {
        var (apiVersion, kind) = ("", "");
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Petrel.Api.Json.JsonDecoder.DepthMax });
            if (!reader.Read())
            {
                throw new JsonException();
            }

            if (reader.TokenType == JsonTokenType.Null)
            {
                return new GroupVersionKind("", "", "");
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                throw BodyReader.Unrecognized(type, "couldn't get version/kind; json parse error: " + Mismatch(reader.TokenType, "", GoStruct), json);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("apiVersion"u8))
                {
                    apiVersion = ReadText(ref reader, type, "apiVersion", json);
                }
                else if (reader.ValueTextEquals("kind"u8))
                {
                    kind = ReadText(ref reader, type, "kind", json);
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                }
            }
        }
        catch (JsonException bad)
        {
            throw BodyReader.Unrecognized(type, "couldn't get version/kind; json parse error: " + GoJsonError.Describe(bad, json), json);
        }

        if (apiVersion.Count(c => c == '/') > 1)
        {
            throw BodyReader.Unrecognized(type, "unexpected GroupVersion string: " + apiVersion, json);
        }

        return GroupVersionKind.FromApiVersion(apiVersion, kind);
    }

    private static string ReadText(ref Utf8JsonReader reader, ResourceType type, string field, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString()!;
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return "";
        }

        throw BodyReader.Unrecognized(type, "couldn't get version/kind; json parse error: " + Mismatch(reader.TokenType, "." + field, "string"), json);
    }

    private static string Mismatch(JsonTokenType found, string field, string goType)
    {
        var name = found switch
        {
            JsonTokenType.String => "string",
            JsonTokenType.Number => "number",
            JsonTokenType.True or JsonTokenType.False => "bool",
            JsonTokenType.StartArray => "array",
            _ => "object",
        };
        return field.Length == 0
            ? $"json: cannot unmarshal {name} into Go value of type {goType}"
            : $"json: cannot unmarshal {name} into Go struct field {field} of type {goType}";
    }
}
