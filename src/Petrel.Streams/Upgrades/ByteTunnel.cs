using System.Buffers;
using System.Net.WebSockets;

namespace Petrel.Streams.Upgrades;

/// <summary>
/// Copies bytes both ways between a client and an upgraded connection, then ends both so that neither side loses what
/// is still on its way. What a side sends after the other is gone is read and dropped: unread bytes would turn the
/// close into a reset.
/// </summary>
internal sealed class ByteTunnel : IDisposable
{
    private const int BufferBytes = 32 * 1024;

    /// <summary>How long a side may take to end after the other did, when it has no way to know or does not care.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    /// <summary>After the backend's end a client that sends nothing for this long can be closed without a reset.</summary>
    private static readonly TimeSpan ClientQuiet = TimeSpan.FromMilliseconds(500);

    private readonly Stream _client;
    private readonly UpgradeResponse _backend;
    private readonly UpgradeOptions _options;
    private readonly CancellationTokenSource _ended;
    private IdleTimeout _idle;
    private ITimer? _end;

    public ByteTunnel(Stream client, UpgradeResponse backend, UpgradeOptions options, CancellationToken cancellationToken)
    {
        _client = client;
        _backend = backend;
        _options = options;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _idle = EndAfterIdle(options.IdleTimeout);
    }

    /// <summary>
    /// Runs until both sides ended. <paramref name="endClient"/> tells the client that the backend ended, where its
    /// protocol can; null where only closing can, which is then left to the caller.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task>? endClient)
    {
        var up = PumpAsync(_client, _backend.Content);
        var down = PumpAsync(_backend.Content, _client);
        if (await Task.WhenAny(up, down) == up)
        {
            await _backend.CompleteWritesAsync();
            EndAfter(EndTimeout);
        }
        else if (endClient is not null)
        {
            EndAfter(_options.FinishTimeout);
            await endClient(_ended.Token);
        }
        else
        {
            EndAfter(EndTimeout);
            _idle.Dispose();
            _idle = EndAfterIdle(ClientQuiet);
        }

        await Task.WhenAll(up, down);
    }

    public void Dispose()
    {
        _idle.Dispose();
        _end?.Dispose();
        _ended.Dispose();
    }

    private void EndAfter(TimeSpan limit) =>
        _end = _options.Time.CreateTimer(_ => _ended.Cancel(), null, limit, Timeout.InfiniteTimeSpan);

    private IdleTimeout EndAfterIdle(TimeSpan limit)
    {
        var idle = new IdleTimeout(limit, _options.Time);
        idle.Token.Register(_ended.Cancel);
        return idle;
    }

    private async Task PumpAsync(Stream from, Stream to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var writable = true;
            while (await from.ReadAsync(buffer, _ended.Token) is var read and > 0)
            {
                _idle.Touch();
                writable = writable && await TryWriteAsync(to, buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // A broken connection is an ended one: the other side is told the same way.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<bool> TryWriteAsync(Stream to, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await to.WriteAsync(bytes, _ended.Token);
            await to.FlushAsync(_ended.Token);
            _idle.Touch();
            return true;
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            return false;
        }
    }

    private static bool IsEnd(Exception exception) =>
        exception is IOException or WebSocketException or ObjectDisposedException or OperationCanceledException;
}
