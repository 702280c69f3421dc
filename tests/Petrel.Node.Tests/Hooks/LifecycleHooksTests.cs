using Petrel.Api.Core;
using Petrel.Client.Tests;
using Petrel.Node.Hooks;
using Petrel.Streams.Tests;
using Xunit;

namespace Petrel.Node.Tests.Hooks;

[Collection(ContainerdTests.Name)]
public sealed class LifecycleHooksTests(ContainerdFixture containerd) : IDisposable
{
    private readonly ManualTime _time = new();
    private LifecycleHooks? _hooks;

    private LifecycleHooks Hooks => _hooks ??= new LifecycleHooks(containerd.Runtime, _time);

    public void Dispose() => _hooks?.Dispose();

    [RuntimeFact]
    public async Task A_command_runs_in_the_container()
    {
        var pod = await containerd.Pod("hook").RunAsync("exec /bin/busybox sleep 1000");
        await RunAsync(Exec("/bin/busybox", "sh", "-c", "echo done > /tmp/hook"), id: "containerd://" + pod.ContainerId);
        Assert.Equal("done\n", (await containerd.Runtime.Streaming.ExecAsync(pod.ContainerId, ["/bin/busybox", "cat", "/tmp/hook"])).OutputText);

        var failure = await Assert.ThrowsAsync<HookException>(() => RunAsync(Exec("/bin/busybox", "sh", "-c", "echo secret; exit 3"), id: pod.ContainerId));
        Assert.Equal(("FailedPostStartHook", "PostStartHook failed"), (failure.Reason, failure.Message));
        Assert.Equal(
            "Exec lifecycle hook ([/bin/busybox sh -c echo secret; exit 3]) for Container \"c\" in Pod \"p_default(u)\" failed - error: "
            + "command '/bin/busybox sh -c echo secret; exit 3' exited with 3: , message: \"secret\\n\"",
            failure.Detail);
        await pod.RemoveAsync();
        Assert.Contains("not found", (await Assert.ThrowsAsync<HookException>(() => RunAsync(Exec("/bin/x"), id: pod.ContainerId))).Detail, StringComparison.Ordinal);
    }

    [RuntimeFact]
    public async Task Any_answer_to_a_request_is_a_success()
    {
        var seen = "";
        await using var server = await TestServer.StartAsync(context =>
        {
            seen = $"{context.Request.Path} {context.Request.Headers.UserAgent}";
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });

        await RunAsync(Get(server.Address, "HTTP"));

        Assert.Equal("/hook kube-lifecycle/1.33", seen);
    }

    [RuntimeFact]
    public async Task A_plain_server_is_asked_again_without_tls_and_without_credentials()
    {
        var seen = new List<string>();
        await using var server = await TestServer.StartAsync(context =>
        {
            seen.Add($"{context.Request.Path} [{context.Request.Headers.Authorization}] [{context.Request.Headers["X-Kept"]}]");
            return Task.CompletedTask;
        });

        await RunAsync(Get(server.Address, "HTTPS"));

        Assert.Equal(["/hook [] [yes]"], seen);
    }

    [RuntimeFact]
    public async Task A_server_that_is_not_there_is_a_failure()
    {
        Uri address;
        await using (var server = await TestServer.StartAsync(static _ => Task.CompletedTask))
        {
            address = server.Address;
        }

        var failure = await Assert.ThrowsAsync<HookException>(() => RunAsync(Get(address, "HTTP"), isPreStop: true));
        Assert.Equal(("FailedPreStopHook", "PreStopHook failed"), (failure.Reason, failure.Message));
        Assert.Equal(
            $"HTTP lifecycle hook (/hook) for Container \"c\" in Pod \"p_default(u)\" failed - error: Get \"{address}hook\": dial tcp {address.Authority}: connect: connection refused",
            failure.Detail);
        Assert.Contains("failed to find networking container", (await Assert.ThrowsAsync<HookException>(() => RunAsync(Get(address, "HTTP"), podAddress: ""))).Detail, StringComparison.Ordinal);
    }

    [RuntimeFact]
    public async Task A_sleep_takes_its_time_and_ends_when_told()
    {
        var sleep = RunAsync(new LifecycleHandler { Sleep = new() { Seconds = 5 } });
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(sleep.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await sleep;

        using var stop = new CancellationTokenSource();
        var other = RunAsync(new LifecycleHandler { Sleep = new() { Seconds = 5 } }, cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => other);
    }

    [RuntimeFact]
    public async Task A_tcp_socket_is_no_hook() =>
        Assert.Contains("invalid handler", (await Assert.ThrowsAsync<HookException>(() => RunAsync(new LifecycleHandler { TcpSocket = new() { Port = 80 } }))).Detail, StringComparison.Ordinal);

    private static LifecycleHandler Exec(params string[] command) => new() { Exec = new() { Command = [.. command] } };

    private static LifecycleHandler Get(Uri address, string scheme) => new()
    {
        HttpGet = new()
        {
            Path = "/hook",
            Port = address.Port,
            Scheme = scheme,
            HttpHeaders = [new() { Name = "authorization", Value = "Bearer secret" }, new() { Name = "X-Kept", Value = "yes" }],
        },
    };

    private Task RunAsync(LifecycleHandler handler, string id = "none", bool isPreStop = false, string podAddress = "127.0.0.1", CancellationToken cancellationToken = default)
    {
        var pod = new Pod { Metadata = new() { Name = "p", Namespace = "default", Uid = "u" } };
        var container = new Container { Name = "c", Lifecycle = isPreStop ? new() { PreStop = handler } : new() { PostStart = handler } };
        return Hooks.RunAsync(pod, container, handler, id, podAddress, cancellationToken);
    }
}
