using System.Net;
using System.Net.Sockets;
using Petrel.Api.Core;
using Petrel.Node.Probes;
using Petrel.Node.Probes.Actions;
using Xunit;

namespace Petrel.Node.Tests.Probes;

public sealed class TcpProbeTests
{
    [Fact]
    public async Task A_connection_is_a_success_and_its_refusal_a_failure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Assert.Equal(ProbeAnswer.Success, await ProbeAsync(new TCPSocketAction { Port = port }));
        Assert.Equal(ProbeAnswer.Success, await ProbeAsync(new TCPSocketAction { Port = port, Host = "localhost" }));

        listener.Stop();
        Assert.Equal(ProbeAnswer.Failure($"dial tcp 127.0.0.1:{port}: connect: connection refused"), await ProbeAsync(new TCPSocketAction { Port = port }));
        Assert.Equal(ProbeAnswer.Failure("dial tcp: lookup no.invalid: no such host"), await ProbeAsync(new TCPSocketAction { Port = port, Host = "no.invalid" }));
        Assert.Equal(ProbeAnswer.Error("invalid port number: 0"), await ProbeAsync(new TCPSocketAction { Port = 0 }));
    }

    [Fact]
    public async Task A_server_that_accepts_nothing_any_more_is_a_timeout()
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var endpoint = (IPEndPoint)listener.LocalEndPoint!;
        // The kernel accepts a few for the queue; after them it does not answer.
        var waiting = Enumerable.Range(0, 8).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp)).ToList();
        using var stop = new CancellationTokenSource();
        var connects = waiting.Select(socket => socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, endpoint.Port), stop.Token).AsTask()).ToList();
        await Conditions.UntilAsync(() => Task.FromResult(connects.Count(static connect => connect.IsCompletedSuccessfully) >= 2));

        var answer = await ProbeAsync(new TCPSocketAction { Port = endpoint.Port }, timeoutSeconds: 1);

        Assert.Equal(ProbeAnswer.Failure($"dial tcp 127.0.0.1:{endpoint.Port}: i/o timeout"), answer);
        await stop.CancelAsync();
        await Task.WhenAll(connects).ContinueWith(static _ => { }, TaskScheduler.Default);
        waiting.ForEach(static socket => socket.Dispose());
    }

    private static Task<ProbeAnswer> ProbeAsync(TCPSocketAction action, int timeoutSeconds = 60) => new TcpProbe(TimeProvider.System).RunAsync(
        new ProbeTarget(new Pod(), new Container { Name = "c" }, new Probe { TcpSocket = action, TimeoutSeconds = timeoutSeconds }, "id", "127.0.0.1"), CancellationToken.None);
}
