using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Json;
using Petrel.Api.Schema;

namespace Petrel.Client.Api;

/// <summary>Reads a list document: its metadata and each item, without an intermediate tree.</summary>
internal static class ListDecoder
{
    /// <param name="isForCache">See <see cref="DecodeProblems.IsForCache"/>.</param>
    public static ListResult<T> Decode<T>(ReadOnlySpan<byte> json, bool isForCache) where T : ApiObject, IApiType<T>
    {
        var reader = new Utf8JsonReader(json);
        var (resourceVersion, next, items) = ("", "", new List<T>());
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "metadata":
                    (resourceVersion, next) = ReadMetadata(ref reader);
                    break;
                case "items" when reader.TokenType == JsonTokenType.StartArray:
                    ReadItems(ref reader, json, items, isForCache);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new ListResult<T>(resourceVersion, next, items);
    }

    private static (string ResourceVersion, string Continue) ReadMetadata(ref Utf8JsonReader reader)
    {
        var (resourceVersion, next) = ("", "");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            if (name == "resourceVersion")
            {
                resourceVersion = reader.GetString() ?? "";
            }
            else if (name == "continue")
            {
                next = reader.GetString() ?? "";
            }
            else
            {
                reader.Skip();
            }
        }

        return (resourceVersion, next);
    }

    private static void ReadItems<T>(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, List<T> items, bool isForCache) where T : ApiObject, IApiType<T>
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(JsonDecoder.Decode<T>(json[start..(int)reader.BytesConsumed], new DecodeProblems { IsForCache = isForCache }));
        }
    }
}
