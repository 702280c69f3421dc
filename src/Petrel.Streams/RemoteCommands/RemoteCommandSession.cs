using System.Buffers;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Petrel.Streams.Upgrades;
using Petrel.Streams.WebSockets;

namespace Petrel.Streams.RemoteCommands;

/// <summary>The client's side of one exec or attach session over a WebSocket of v5.channel.k8s.io.</summary>
internal sealed class RemoteCommandSession : IDisposable
{
    private readonly UpgradeOptions _options;
    private readonly WebSocket _socket;
    private readonly IdleTimeout _idle;
    private readonly ChannelWebSocket _client;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<RemoteCommandInput?> _input = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _receiving;

    private RemoteCommandSession(WebSocket socket, UpgradeOptions options)
    {
        _options = options;
        _socket = socket;
        _idle = new IdleTimeout(options.IdleTimeout, options.Time);
        _idle.Token.Register(_ended.Cancel);
        _client = new ChannelWebSocket(socket, _idle);
        _receiving = ReceiveAsync();
    }

    /// <summary>Cancelled when the client closed, is gone, or nothing moved for the idle timeout.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Answers the client's handshake, which must have passed <see cref="WebSocketHandshake.Validate"/>.</summary>
    public static async Task<RemoteCommandSession> AcceptAsync(HttpContext context, UpgradeOptions options) =>
        new(await WebSocketHandshake.AcceptAsync(context, RemoteCommandProtocol.WebSocketV5), options);

    /// <summary>
    /// Carries all streams until the command ended and its output is sent. Returns the runtime's Status, unchanged, or
    /// one that says that the runtime went away.
    /// </summary>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<ReadOnlySequence<byte>> CarryAsync(SpdyRemoteCommand command)
    {
        _input.TrySetResult(new RemoteCommandInput(command));
        var output = Task.WhenAll(
            RemoteCommandOutput.SendAsync(command.Stdout, RemoteCommandChannel.Stdout, _client, Ended),
            RemoteCommandOutput.SendAsync(command.Stderr, RemoteCommandChannel.Stderr, _client, Ended));
        var status = await RemoteCommandOutput.ReadStatusAsync(command.Error, Ended);
        RemoteCommandOutput.Last(command.Stdout);
        RemoteCommandOutput.Last(command.Stderr);

        // The client closes when it has the status, whatever it has not received yet: the output goes first.
        await output;
        return status;
    }

    /// <summary>
    /// Tells the client how it ended and waits until it closed. What it still sends is dropped: closing first would
    /// reset the connection and lose output that it has not read.
    /// </summary>
    public async Task FinishAsync(ReadOnlySequence<byte> status)
    {
        _input.TrySetResult(null);
        await _client.TrySendAsync(RemoteCommandChannel.Error, status, Ended);
        await _client.CloseAsync(Ended);
        using var timeout = new CancellationTokenSource(_options.FinishTimeout, _options.Time);
        timeout.Token.Register(_ended.Cancel);
        await _receiving;
    }

    public void Dispose()
    {
        _input.TrySetResult(null);
        _socket.Dispose();
        _client.Dispose();
        _idle.Dispose();
        _ended.Dispose();
    }

    /// <summary>Runs from the start, before there is a command: pings are answered and a client's end is noticed.</summary>
    private async Task ReceiveAsync()
    {
        await _client.ReceiveAsync(
            async (channel, data) =>
            {
                if (await _input.Task is { } input)
                {
                    await input.ReceiveAsync(channel, data, Ended);
                }
            },
            Ended);
        await _ended.CancelAsync();
    }
}
