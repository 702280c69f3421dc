using System.Collections.Concurrent;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Petrel.Dns.Listening;

/// <summary>Accepts the connections of one listening socket, up to a limit.</summary>
internal sealed partial class TcpListener(
    Socket socket, QueryHandler handler, DnsServerLimits limits, TimeProvider time, ILogger<TcpListener> logger) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<TcpConnection, Task> _connections = new();
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = Task.Run(AcceptAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        socket.Dispose();
        await _loop.ConfigureAwait(false);
        await Task.WhenAll(_connections.Values).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                Socket client = await socket.AcceptAsync(_stopping.Token).ConfigureAwait(false);
                Serve(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception)
            {
                // The client was gone before it was accepted, or descriptors ran out: pausing gives others time to end.
                Log.AcceptFailed(logger, exception.SocketErrorCode);
                await Task.Delay(TimeSpan.FromMilliseconds(10), time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private void Serve(Socket client)
    {
        if (_connections.Count >= limits.TcpConnectionsMax)
        {
            client.Dispose();
            return;
        }

        TcpConnection connection = new(client, handler, limits, time);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = ended.Task;
        _ = Task.Run(async () =>
        {
            try
            {
                await connection.ServeAsync(_stopping.Token).ConfigureAwait(false);
            }
            finally
            {
                connection.Dispose();
                _connections.TryRemove(connection, out _);
                ended.SetResult();
            }
        });
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "A connection could not be accepted: {Error}")]
        public static partial void AcceptFailed(ILogger logger, SocketError error);
    }
}
