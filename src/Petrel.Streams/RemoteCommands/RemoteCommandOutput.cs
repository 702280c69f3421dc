using System.Buffers;
using System.Text.Json;
using Petrel.Streams.Spdy;

namespace Petrel.Streams.RemoteCommands;

/// <summary>Takes what a command puts out to the client.</summary>
internal static class RemoteCommandOutput
{
    private const int MessageBytes = 32 * 1024;

    /// <summary>Longest Status read from the error stream; a stream's buffer must hold it.</summary>
    private const int StatusBytes = 64 * 1024;

    /// <summary>
    /// Sends all of one stream, until it ends or, after <see cref="Last"/>, what has arrived is sent. Nothing for a
    /// stream that the client did not ask for.
    /// </summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public static async Task SendAsync(
        SpdyStream? stream, RemoteCommandChannel channel, ChannelWebSocket client, CancellationToken cancellationToken)
    {
        if (stream is null)
        {
            return;
        }

        try
        {
            for (var isLast = false; ;)
            {
                if (!stream.Input.TryRead(out var result))
                {
                    if (isLast)
                    {
                        return;
                    }

                    result = await stream.Input.ReadAsync(cancellationToken);
                }

                isLast |= result.IsCanceled;
                var message = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, MessageBytes));
                if (!message.IsEmpty)
                {
                    await client.TrySendAsync(channel, message, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                }

                stream.Input.AdvanceTo(message.End);
                if (result.IsCompleted && message.Length == result.Buffer.Length)
                {
                    return;
                }
            }
        }
        catch (IOException)
        {
            // The runtime went away: the status says so.
        }
    }

    /// <summary>
    /// Says that nothing more will arrive on a stream: the status is the last that a runtime sends, so all output came
    /// before it. A runtime that is stuck with input that the command did not read may never end the streams.
    /// </summary>
    public static void Last(SpdyStream? stream) => stream?.Input.CancelPendingRead();

    /// <summary>
    /// The runtime's Status as it is, or one that says why there is none. The end of the stream is not waited for,
    /// as with the others.
    /// </summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public static async Task<ReadOnlySequence<byte>> ReadStatusAsync(SpdyStream error, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var result = await error.Input.ReadAsync(cancellationToken);
                if (result.IsCompleted && result.Buffer.IsEmpty)
                {
                    return Lost("unexpected EOF");
                }

                if (result.IsCompleted || result.Buffer.Length >= StatusBytes || IsWhole(result.Buffer))
                {
                    return result.Buffer;
                }

                error.Input.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (IOException exception)
        {
            return Lost(exception.Message);
        }
    }

    private static bool IsWhole(ReadOnlySequence<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
            return reader.Read() && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ReadOnlySequence<byte> Lost(string reason) =>
        new(InternalErrorStatus.Encode($"error reading from error stream: {reason}"));
}
