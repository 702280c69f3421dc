using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Petrel.Client.Api;

namespace Petrel.Client.Http;

/// <summary>Reads the events of a watch from a stream of JSON documents, one per line.</summary>
internal static class WatchReader
{
    /// <summary>Longest event. Ten times what the server stores in one object, because its JSON may be longer than what was sent.</summary>
    private const int EventBytesMax = 32 << 20;

    /// <exception cref="HttpRequestException">The stream broke, or what it carries is no watch.</exception>
    public static async IAsyncEnumerable<RawWatchEvent> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 << 10));
        try
        {
            while (true)
            {
                var result = await FillAsync(reader, cancellationToken);
                var rest = result.Buffer;
                while (TakeLine(ref rest) is { } line)
                {
                    yield return Parse(line);
                }

                if (rest.Length > EventBytesMax)
                {
                    throw new HttpRequestException($"a watch event is longer than {EventBytesMax} bytes");
                }

                reader.AdvanceTo(rest.Start, rest.End);
                if (result.IsCompleted)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private static async ValueTask<ReadResult> FillAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadAsync(cancellationToken);
        }
        catch (IOException exception)
        {
            throw new HttpRequestException("the watch broke: " + exception.Message, exception);
        }
    }

    private static byte[]? TakeLine(ref ReadOnlySequence<byte> rest)
    {
        while (rest.PositionOf((byte)'\n') is { } end)
        {
            var line = rest.Slice(0, end).ToArray();
            rest = rest.Slice(rest.GetPosition(1, end));
            if (!line.AsSpan().Trim(" \t\r"u8).IsEmpty)
            {
                return line;
            }
        }

        return null;
    }

    private static RawWatchEvent Parse(byte[] line)
    {
        try
        {
            return ParseEvent(line);
        }
        catch (JsonException exception)
        {
            throw new HttpRequestException("a watch event is not JSON: " + exception.Message, exception);
        }
    }

    private static RawWatchEvent ParseEvent(byte[] line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 520 });
        var (type, value) = ("", ReadOnlyMemory<byte>.Empty);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (isType)
            {
                type = reader.GetString() ?? "";
            }

            reader.Skip();
            if (isObject)
            {
                value = line.AsMemory(start, (int)reader.BytesConsumed - start);
            }
        }

        return type.Length > 0 && value.Length > 0 ? new RawWatchEvent(type, value) : throw new JsonException("type or object is missing");
    }
}
