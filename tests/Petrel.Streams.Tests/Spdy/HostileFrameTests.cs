using System.Buffers.Binary;
using System.IO.Compression;
using Petrel.Streams.Spdy;

namespace Petrel.Streams.Tests.Spdy;

/// <summary>Frames that no honest peer sends end the connection with GOAWAY, at once and without a large allocation.</summary>
public sealed class HostileFrameTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, byte[]> Frames => new()
    {
        { "version 2", [0x80, 2, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1] },
        { "control frame of 16 MiB", [0x80, 3, 0, 1, 0, 0xff, 0xff, 0xff] },
        { "SYN_STREAM too short", [0x80, 3, 0, 1, 0, 0, 0, 4, 0, 0, 0, 1] },
        { "RST_STREAM too short", [0x80, 3, 0, 3, 0, 0, 0, 4, 0, 0, 0, 1] },
        { "PING without a number", [0x80, 3, 0, 6, 0, 0, 0, 0] },
        { "stream number 0", SynStream(0, Compressed(new byte[4])) },
        { "stream number of the server's kind", SynStream(2, Compressed(new byte[4])) },
        { "stream number twice", [.. SynStream(1, Compressed(new byte[4])), .. SynStream(1, Compressed(new byte[4]))] },
        { "headers not compressed", SynStream(1, new byte[16]) },
        { "headers of another dictionary", SynStream(1, [0x78, 0xbb, 1, 2, 3, 4, 0, 0, 0]) },
        { "headers that are not deflate", SynStream(1, [.. Compressed([])[..6], 0xff, 0xff, 0xff, 0xff]) },
        { "more headers announced than sent", SynStream(1, Compressed([0, 0, 0, 9])) },
        { "header longer than the block", SynStream(1, Compressed([0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff, (byte)'a'])) },
        { "negative header count", SynStream(1, Compressed([0xff, 0xff, 0xff, 0xff])) },
        { "header twice", SynStream(1, Compressed(SpdyHeaderBlockWithTwice())) },
        { "headers that inflate to 40 MB", SynStream(1, Compressed(new byte[40_000_000])) },
        { "end inside a frame", [0x80, 3, 0] },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public async Task Ends_the_connection(string name, byte[] bytes)
    {
        await using var pair = await SpdyPair.StartAsync();
        await pair.Peer.WriteAsync(bytes);
        if (name == "end inside a frame")
        {
            ((System.Net.Sockets.NetworkStream)pair.Peer).Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }

        await pair.Server.Completion.WaitAsync(Patience);
        Assert.True(pair.Server.Failure is SpdyProtocolException, $"{name}: {pair.Server.Failure}");
    }

    [Fact]
    public async Task Random_bytes_never_hang_or_crash_a_connection()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            await using var pair = await SpdyPair.StartAsync();
            var bytes = SynStream(1, Compressed(new byte[4])).Concat(new byte[64]).ToArray();
            for (var change = 0; change < 4; change++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            await pair.Peer.WriteAsync(bytes);
            ((System.Net.Sockets.NetworkStream)pair.Peer).Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
            await pair.Server.Completion.WaitAsync(Patience);
        }
    }

    private static byte[] SynStream(int streamId, byte[] headers)
    {
        var frame = new byte[18 + headers.Length];
        BinaryPrimitives.WriteUInt32BigEndian(frame, 0x8003_0001);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), 10 + headers.Length);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(8), streamId);
        headers.CopyTo(frame, 18);
        return frame;
    }

    private static byte[] Compressed(byte[] block)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(block);
        }

        return [0x78, 0xbb, 0xe3, 0xc6, 0xa7, 0xc2, .. output.ToArray()];
    }

    private static byte[] SpdyHeaderBlockWithTwice() =>
        [0, 0, 0, 2, 0, 0, 0, 1, (byte)'a', 0, 0, 0, 0, 0, 0, 0, 1, (byte)'a', 0, 0, 0, 0];
}
