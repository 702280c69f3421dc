using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Petrel.Client.Api;

/// <summary>Splits the body of a JSON watch into events: one JSON object a line.</summary>
public static class WatchLines
{
    /// <summary>Longest event; objects are limited far below this.</summary>
    public const int LineBytesMax = 16 * 1024 * 1024;

    /// <summary>The lines of a stream, without their ends.</summary>
    /// <exception cref="HttpRequestException">A line is longer than <see cref="LineBytesMax"/>.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(PipeReader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = buffer.Slice(0, end).ToArray();
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                if (line.Length > 0)
                {
                    yield return line;
                }
            }

            if (result.IsCompleted)
            {
                if (!buffer.IsEmpty)
                {
                    yield return buffer.ToArray();
                }

                yield break;
            }

            if (buffer.Length > LineBytesMax)
            {
                throw new HttpRequestException($"A watch event is longer than {LineBytesMax} bytes");
            }

            reader.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    /// <summary>Splits an event line into its type and its object's bytes.</summary>
    public static RawWatchEvent Decode(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span);
        var type = "";
        ReadOnlyMemory<byte> value = default;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            if (isType)
            {
                type = reader.GetString() ?? "";
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isObject)
            {
                value = line[start..(int)reader.BytesConsumed];
            }
        }

        return new RawWatchEvent(type, value);
    }
}
