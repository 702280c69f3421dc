using System.Text.Json;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Reads apiVersion and kind of a JSON body before anything else is decoded.</summary>
internal static class TypeMetaReader
{
    private const string GoStruct =
        "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";

    /// <param name="refuse">Makes the error for a body that is no JSON object or whose fields are no strings.</param>
    /// <exception cref="StatusException">400 when the body is no JSON object or the fields are no strings.</exception>
    public static GroupVersionKind Read(ReadOnlySpan<byte> json, Func<string, StatusException> refuse)
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
                throw refuse("couldn't get version/kind; json parse error: " + Mismatch(reader.TokenType, "", GoStruct));
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("apiVersion"u8))
                {
                    apiVersion = ReadText(ref reader, "apiVersion", refuse);
                }
                else if (reader.ValueTextEquals("kind"u8))
                {
                    kind = ReadText(ref reader, "kind", refuse);
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
            throw refuse("couldn't get version/kind; json parse error: " + GoJsonError.Describe(bad, json));
        }

        if (apiVersion.Count(c => c == '/') > 1)
        {
            throw refuse("unexpected GroupVersion string: " + apiVersion);
        }

        return GroupVersionKind.FromApiVersion(apiVersion, kind);
    }

    private static string ReadText(ref Utf8JsonReader reader, string field, Func<string, StatusException> refuse)
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

        throw refuse("couldn't get version/kind; json parse error: " + Mismatch(reader.TokenType, "." + field, "string"));
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
