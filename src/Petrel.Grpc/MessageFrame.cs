using System.Buffers;
using System.Buffers.Binary;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace Petrel.Grpc;

/// <summary>
/// The length-prefixed form of a message on the wire: one byte that says whether it is compressed, four bytes of
/// length, the message. Compression is never asked for, so a compressed message is an error.
/// </summary>
internal static class MessageFrame
{
    private const int PrefixBytes = 5;

    public static MediaTypeHeaderValue MediaType { get; } = new("application/grpc");

    /// <summary>A request body that is this one message.</summary>
    public static HttpContent Content(IMessage message)
    {
        var content = new ByteArrayContent(Encode(message));
        content.Headers.ContentType = MediaType;
        return content;
    }

    public static byte[] Encode(IMessage message)
    {
        var length = message.CalculateSize();
        var frame = new byte[PrefixBytes + length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), length);
        message.WriteTo(frame.AsSpan(PrefixBytes));
        return frame;
    }

    /// <summary>Reads the next message; null at the end of the stream.</summary>
    public static async ValueTask<T?> ReadAsync<T>(Stream stream, MessageParser<T> parser, int maxBytes, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var prefix = new byte[PrefixBytes];
        var read = await stream.ReadAtLeastAsync(prefix, PrefixBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            return default;
        }

        if (read < PrefixBytes)
        {
            throw new GrpcException(GrpcStatusCode.Internal, "the response ended inside the prefix of a message");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        Check(prefix[0], length, maxBytes);
        var body = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            await stream.ReadExactlyAsync(body.AsMemory(0, (int)length), cancellationToken).ConfigureAwait(false);
            return parser.ParseFrom(body.AsSpan(0, (int)length));
        }
        catch (EndOfStreamException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, "the response ended inside a message", e);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"the response is not a {typeof(T).Name}: {e.Message}", e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(body);
        }
    }

    private static void Check(byte compressed, uint length, int maxBytes)
    {
        if (compressed != 0)
        {
            throw new GrpcException(GrpcStatusCode.Internal, "the server compressed a message although no compression was offered");
        }

        if (length > (uint)maxBytes)
        {
            throw new GrpcException(GrpcStatusCode.ResourceExhausted, $"received message larger than max ({length} vs. {maxBytes})");
        }
    }
}
