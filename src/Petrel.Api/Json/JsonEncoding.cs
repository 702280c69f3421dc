using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Petrel.Api.Codecs;
using Petrel.Api.Schema;

namespace Petrel.Api.Json;

/// <summary>Writes API types as JSON: one set of writer options for everything that is stored or sent.</summary>
public static class JsonEncoding
{
    /// <summary>Text is written as UTF-8 and only what JSON demands is escaped; depth is checked when reading.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
        MaxDepth = JsonDecoder.DepthMax + 8,
    };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>The value as compact UTF-8 JSON.</summary>
    public static byte[] Encode(IApiType value)
    {
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(4096);
        var writer = _writer ??= new Utf8JsonWriter(Stream.Null, WriterOptions);
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        value.WriteJson(writer);
        writer.Flush();
        var bytes = buffer.WrittenSpan.ToArray();
        if (bytes.Length > BufferBytesKept)
        {
            _buffer = null;
        }

        return bytes;
    }

    /// <summary>A thread does not hold on to a larger buffer than this.</summary>
    private const int BufferBytesKept = 1 << 20;

    public static void WriteList<T, TCodec>(Utf8JsonWriter writer, ApiList<T> list) where TCodec : IValueCodec<T>
    {
        if (list.IsNil)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartArray();
        foreach (var item in list)
        {
            TCodec.WriteJson(writer, item);
        }

        writer.WriteEndArray();
    }

    public static void WriteMap<T, TCodec>(Utf8JsonWriter writer, ApiMap<T> map) where TCodec : IValueCodec<T>
    {
        if (map.IsNil)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteStartObject();
        foreach (var (key, value) in map)
        {
            writer.WritePropertyName(key);
            TCodec.WriteJson(writer, value);
        }

        writer.WriteEndObject();
    }

    public static void WriteMapOfLists<T, TCodec>(Utf8JsonWriter writer, ApiMap<ApiList<T>> map) where TCodec : IValueCodec<T>
    {
        writer.WriteStartObject();
        foreach (var (key, value) in map)
        {
            writer.WritePropertyName(key);
            WriteList<T, TCodec>(writer, value);
        }

        writer.WriteEndObject();
    }
}
