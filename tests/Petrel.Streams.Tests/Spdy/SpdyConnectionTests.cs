using System.Buffers.Binary;
using System.Text;
using Petrel.Streams.Spdy;

namespace Petrel.Streams.Tests.Spdy;

public sealed class SpdyConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Dictionary<string, string> Headers = new() { ["StreamType"] = "stdin", ["port"] = "8080" };

    [Fact]
    public async Task Headers_arrive_in_lower_case_stream_after_stream()
    {
        await using var pair = await SpdyPair.StartAsync();
        await using var client = SpdyConnection.Start(pair.Peer, SpdyRole.Client);
        for (var index = 0; index < 20; index++)
        {
            var opening = client.OpenAsync(new Dictionary<string, string> { ["StreamType"] = "data", ["requestID"] = $"{index}" });
            var accepted = await pair.Server.Incoming.ReadAsync().AsTask().WaitAsync(Patience);
            await accepted.ReplyAsync();
            var opened = await opening.WaitAsync(Patience);
            Assert.Equal((1 + (2 * index), $"{index}"), (opened.Id, accepted.Headers["requestid"]));
            Assert.Contains("streamtype", accepted.Headers.Keys);
        }
    }

    [Fact]
    public async Task Each_direction_ends_on_its_own()
    {
        await using var pair = await SpdyPair.StartAsync();
        await using var client = SpdyConnection.Start(pair.Peer, SpdyRole.Client);
        var (near, far) = await OpenAsync(client, pair.Server);
        await near.SendAsync("question"u8.ToArray());
        await near.FinishAsync();
        Assert.Equal("question", await ReadToEndAsync(far));
        await far.SendAsync("answer"u8.ToArray());
        await far.FinishAsync();
        Assert.Equal("answer", await ReadToEndAsync(near));
        await Assert.ThrowsAsync<IOException>(async () => await near.SendAsync("more"u8.ToArray()));
    }

    [Fact]
    public async Task A_reset_ends_reading_after_what_was_sent_and_fails_writing()
    {
        await using var pair = await SpdyPair.StartAsync();
        await using var client = SpdyConnection.Start(pair.Peer, SpdyRole.Client);
        var (near, far) = await OpenAsync(client, pair.Server);
        await far.SendAsync("last words"u8.ToArray());
        await far.ResetAsync(SpdyResetStatus.Cancel);
        Assert.Equal("last words", await ReadToEndAsync(near));
        Assert.Equal(SpdyResetStatus.Cancel, near.Reset);
        await Assert.ThrowsAsync<IOException>(async () => await near.SendAsync("more"u8.ToArray()));
    }

    [Fact]
    public async Task A_refused_stream_fails_to_open()
    {
        await using var pair = await SpdyPair.StartAsync();
        await using var client = SpdyConnection.Start(pair.Peer, SpdyRole.Client);
        var opening = client.OpenAsync(Headers);
        var offered = await pair.Server.Incoming.ReadAsync().AsTask().WaitAsync(Patience);
        await offered.ResetAsync(SpdyResetStatus.RefusedStream);
        await Assert.ThrowsAsync<IOException>(() => opening.WaitAsync(Patience));
    }

    [Fact]
    public async Task More_streams_than_the_limit_are_refused()
    {
        await using var pair = await SpdyPair.StartAsync(new SpdyLimits { Streams = 1 });
        await using var client = SpdyConnection.Start(pair.Peer, SpdyRole.Client);
        await OpenAsync(client, pair.Server);
        var refused = await Assert.ThrowsAsync<IOException>(() => client.OpenAsync(Headers).WaitAsync(Patience));
        Assert.Contains("RefusedStream", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_connection_fails_what_waits_on_it()
    {
        await using var pair = await SpdyPair.StartAsync();
        await using var client = SpdyConnection.Start(pair.Peer, SpdyRole.Client);
        var (_, far) = await OpenAsync(client, pair.Server);
        var reading = far.Input.ReadAsync().AsTask();
        pair.Peer.Close();
        await Assert.ThrowsAnyAsync<IOException>(() => reading.WaitAsync(Patience));
        await pair.Server.Completion.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_reader_that_is_behind_holds_the_sender_and_loses_nothing()
    {
        await using var pair = await SpdyPair.StartAsync(new SpdyLimits { StreamBufferBytes = 64 * 1024 });
        await using var client = SpdyConnection.Start(pair.Peer, SpdyRole.Client);
        var (near, far) = await OpenAsync(client, pair.Server);
        var data = new byte[32 * 1024 * 1024];
        Random.Shared.NextBytes(data);
        var sending = Task.Run(async () =>
        {
            await near.SendAsync(data);
            await near.FinishAsync();
        });
        var first = await far.Input.ReadAtLeastAsync(32 * 1024);
        Assert.True(first.Buffer.Length <= 2 * 64 * 1024, $"{first.Buffer.Length} bytes were buffered");
        Assert.False(sending.IsCompleted);
        far.Input.AdvanceTo(first.Buffer.Start);
        using var received = new MemoryStream();
        await far.Input.CopyToAsync(received).WaitAsync(Patience);
        Assert.True(data.AsSpan().SequenceEqual(received.ToArray()));
        await sending;
    }

    [Fact]
    public async Task A_ping_is_answered()
    {
        await using var pair = await SpdyPair.StartAsync();
        byte[] ping = [0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 7];
        await pair.Peer.WriteAsync(ping);
        var answer = new byte[ping.Length];
        await pair.Peer.ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Assert.Equal(ping, answer);
    }

    [Fact]
    public async Task A_peer_that_pings_and_never_reads_is_disconnected()
    {
        await using var pair = await SpdyPair.StartAsync();
        var pings = new byte[12 * 4096];
        for (var offset = 0; offset < pings.Length; offset += 12)
        {
            BinaryPrimitives.WriteUInt64BigEndian(pings.AsSpan(offset), 0x8003_0006_0000_0004);
            BinaryPrimitives.WriteInt32BigEndian(pings.AsSpan(offset + 8), 1);
        }

        while (!pair.Server.Completion.IsCompleted)
        {
            await Task.WhenAny(pair.Peer.WriteAsync(pings).AsTask(), pair.Server.Completion).WaitAsync(Patience);
        }

        Assert.IsType<SpdyProtocolException>(pair.Server.Failure);
    }

    private static async Task<(SpdyStream Near, SpdyStream Far)> OpenAsync(SpdyConnection client, SpdyConnection server)
    {
        var opening = client.OpenAsync(Headers);
        var far = await server.Incoming.ReadAsync().AsTask().WaitAsync(Patience);
        await far.ReplyAsync();
        return (await opening.WaitAsync(Patience), far);
    }

    private static async Task<string> ReadToEndAsync(SpdyStream stream)
    {
        using var received = new MemoryStream();
        await stream.Input.CopyToAsync(received).WaitAsync(Patience);
        return Encoding.UTF8.GetString(received.ToArray());
    }
}
