using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Petrel.Api;

/// <summary>
/// Any JSON value, kept as compact UTF-8 and compared byte by byte: extension objects, field sets and the free-form parts
/// of schemas.
/// </summary>
public sealed class RawJson : IEquatable<RawJson>
{
    private readonly byte[] _utf8;

    private RawJson(byte[] utf8) => _utf8 = utf8;

    public static RawJson Null { get; } = new("null"u8.ToArray());

    public static RawJson EmptyObject { get; } = new("{}"u8.ToArray());

    public ReadOnlySpan<byte> Utf8 => _utf8;

    public ReadOnlyMemory<byte> Memory => _utf8;

    public bool IsNull => Utf8.SequenceEqual("null"u8);

    /// <summary>Takes bytes that are known to be one compact JSON value, without a copy: the caller never changes them again.</summary>
    public static RawJson FromCompact(byte[] utf8) => new(utf8);

    /// <summary>Reads one JSON value and drops the white space between its tokens; names, numbers and strings stay as written.</summary>
    /// <exception cref="JsonException">The bytes are not one JSON value.</exception>
    public static RawJson Parse(ReadOnlySpan<byte> utf8)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(1, utf8.Length));
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        var needsComma = false;
        while (reader.Read())
        {
            var token = utf8.Slice((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex));
            var closes = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
            if (needsComma && !closes)
            {
                output.Write(","u8);
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                // The reader counts the colon and the blanks before it as part of the name.
                output.Write(utf8.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2));
                output.Write(":"u8);
                needsComma = false;
                continue;
            }

            output.Write(token);
            needsComma = reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
        }

        return output.WrittenCount > 0 ? new RawJson(output.WrittenSpan.ToArray()) : throw new JsonException("no JSON value");
    }

    public static RawJson Parse(string json) => Parse(Encoding.UTF8.GetBytes(json));

    public bool Equals(RawJson? other) => other is not null && Utf8.SequenceEqual(other.Utf8);

    public override bool Equals(object? obj) => Equals(obj as RawJson);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8);
        return hash.ToHashCode();
    }

    public override string ToString() => Encoding.UTF8.GetString(_utf8);

    // As deep as the API's own decoder goes.
    private const int MaxDepth = 10_000;
}
