using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Petrel.Node.Tests.Streaming;

[Collection(ContainerdTests.Name)]
public sealed class KubectlStreamingTests(ContainerdFixture containerd) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private StreamingNode? _node;

    public static TheoryData<string, string> Clients
    {
        get
        {
            var clients = new TheoryData<string, string>();
            foreach (var (version, transport) in Kubectl.Installed)
            {
                clients.Add(version, transport);
            }

            return clients;
        }
    }

    private StreamingNode Node => _node!;

    public async Task InitializeAsync()
    {
        if (new RuntimeFactAttribute().Skip is null)
        {
            _node = await StreamingNode.StartAsync(
                containerd, "busybox nc -ll -p 8080 -e busybox cat & while [ ! -e /tmp/end ]; do busybox sleep 0.1; done; echo bye; exit 4");
        }
    }

    public async Task DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Stdin_ends_at_the_command_when_it_ends_at_the_client(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        var (exitCode, output, error) = await kubectl.RunAsync("hi\n"u8.ToArray(), "exec", "-i", "pod", "--", "busybox", "cat");
        Assert.Equal((0, "hi\n", ""), (exitCode, Encoding.UTF8.GetString(output), error));
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Exit_code_stdout_and_stderr_come_apart(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        var (exitCode, output, error) = await kubectl.RunAsync(null, "exec", "pod", "--", "busybox", "sh", "-c", "echo out; echo err >&2; exit 3");
        Assert.Equal((3, "out\n"), (exitCode, Encoding.UTF8.GetString(output)));
        Assert.Equal("err\ncommand terminated with exit code 3\n", error);
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Fifty_megabytes_go_and_come_back_intact(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        var data = new byte[50 * 1024 * 1024];
        Random.Shared.NextBytes(data);
        var (exitCode, output, error) = await kubectl.RunAsync(data, "exec", "-i", "pod", "--", "busybox", "cat");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(SHA256.HashData(data), SHA256.HashData(output));
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Output_is_whole_though_input_is_still_coming(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);

        // With more than the pipes to the command hold, containerd 1.6 waits for ever, whatever is before it.
        var input = new byte[32 * 1024];
        var (exitCode, output, error) = await kubectl.RunAsync(
            input, "exec", "-i", "pod", "--", "busybox", "sh", "-c", "busybox head -c 10 >/dev/null; busybox seq 100000");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.EndsWith("99999\n100000\n", Encoding.UTF8.GetString(output), StringComparison.Ordinal);
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task A_terminal_has_the_clients_size_and_follows_it(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        var resizeFile = Path.Combine(Path.GetTempPath(), $"petrel-resize-{Guid.NewGuid():N}");
        const string Wait = "until [ \"$(busybox stty size 2>/dev/null)\" = \"{0}\" ]; do busybox sleep 0.1; done; ";
        var script = Wait.Replace("{0}", "40 100", StringComparison.Ordinal) + "echo first; " + Wait.Replace("{0}", "50 120", StringComparison.Ordinal) + "echo second";
        using var process = kubectl.StartOnTerminal(resizeFile, "exec", "-it", "pod", "--", "busybox", "sh", "-c", script);
        try
        {
            Assert.Equal("first", await ReadLineAsync(process));
            await File.WriteAllTextAsync(resizeFile, "");
            Assert.Equal("second", await ReadLineAsync(process));
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            File.Delete(resizeFile);
            process.Kill(entireProcessTree: true);
        }
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task A_container_that_does_not_exist_is_named(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        var (exitCode, _, error) = await kubectl.RunAsync(null, "exec", "pod", "-c", "other", "--", "true");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("container other is not valid for pod pod", error, StringComparison.Ordinal);

        (exitCode, _, error) = await kubectl.RunAsync(null, "exec", "pod", "-c", "ghost", "--", "true");
        Assert.NotEqual(0, exitCode);
        Assert.Contains("unable to upgrade connection: container not found (\"ghost\")", error, StringComparison.Ordinal);
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Files_are_copied_in_and_out(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        var directory = Directory.CreateTempSubdirectory("petrel-cp-").FullName;
        try
        {
            var data = new byte[3 * 1024 * 1024];
            Random.Shared.NextBytes(data);
            await File.WriteAllBytesAsync(Path.Combine(directory, "in"), data);
            await kubectl.RunAsync(null, "exec", "pod", "--", "busybox", "ln", "-sf", "/bin/busybox", "/bin/tar");
            var (exitCode, _, error) = await kubectl.RunAsync(null, "cp", Path.Combine(directory, "in"), "pod:/tmp/file");
            Assert.Equal((0, ""), (exitCode, error));
            (exitCode, _, error) = await kubectl.RunAsync(null, "cp", "pod:/tmp/file", Path.Combine(directory, "out"));
            Assert.True(exitCode == 0, error);
            Assert.Equal(data, await File.ReadAllBytesAsync(Path.Combine(directory, "out")));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Killing_the_client_ends_the_commands_input(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        using var process = kubectl.Start("exec", "-i", "pod", "--", "busybox", "sh", "-c", "echo started; busybox cat; echo ended >/tmp/killed");
        Assert.Equal("started", await ReadLineAsync(process));
        process.Kill();
        await Conditions.UntilAsync(async () => (await containerd.Runtime.Streaming.ExecAsync(Node.Pod.ContainerId, ["busybox", "cat", "/tmp/killed"])).ExitCode == 0);
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Attach_shows_output_until_the_container_ends(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        using var attached = kubectl.Start("attach", "pod");
        try
        {
            // What was written before the client is attached is not shown, so the container writes until it is.
            var shown = ReadLineAsync(attached);
            while (!shown.IsCompleted)
            {
                await kubectl.RunAsync(null, "exec", "pod", "--", "busybox", "sh", "-c", "echo here >/proc/1/fd/1");
            }

            Assert.Equal("here", await shown);
            await kubectl.RunAsync(null, "exec", "pod", "--", "busybox", "touch", "/tmp/end");
            var rest = await attached.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
            Assert.EndsWith("bye\n", rest, StringComparison.Ordinal);
        }
        finally
        {
            attached.Kill();
        }
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Ports_forward_many_connections_at_once(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        using var process = kubectl.Start("port-forward", "pod", ":8080");
        try
        {
            var line = await ReadLineAsync(process);
            var port = int.Parse(Regex.Match(line, @"127\.0\.0\.1:(\d+) -> 8080").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => EchoAsync(port)));
            await EchoAsync(port);
        }
        finally
        {
            process.Kill();
        }
    }

    [KubectlTheory]
    [MemberData(nameof(Clients))]
    public async Task Logs_follow_until_the_container_ends(string version, string transport)
    {
        using var kubectl = Kubectl.Of(version, transport, Node.ApiAddress);
        var following = kubectl.RunAsync(null, "logs", "-f", "pod", "--timestamps");
        await kubectl.RunAsync(null, "exec", "pod", "--", "busybox", "touch", "/tmp/end");
        await Conditions.UntilAsync(async () => (await Node.Pod.StatusAsync()).State == Petrel.Grpc.Cri.ContainerState.ContainerExited);
        Node.Targets.Ended.SetResult();
        var (exitCode, output, error) = await following;
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}\S+ bye\n$", Encoding.UTF8.GetString(output));
    }

    private static async Task EchoAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var stream = client.GetStream();
        var data = new byte[1024 * 1024];
        Random.Shared.NextBytes(data);
        var sending = stream.WriteAsync(data).AsTask();
        var echoed = new byte[data.Length];
        await stream.ReadExactlyAsync(echoed).AsTask().WaitAsync(Patience);
        await sending;
        Assert.Equal(data, echoed);
    }

    private static async Task<string> ReadLineAsync(Process process) =>
        (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience))?.TrimEnd()
        ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
}
