namespace Petrel.Program.Tests;

/// <summary>Users inside their containers: logs, exec, cp, attach, port-forward through API server and node.</summary>
[Collection(ClusterTests.Name)]
public class SessionTests(Cluster cluster)
{
    [ClusterFact]
    public async Task Logs_exec_and_files_reach_the_container()
    {
        var space = await cluster.NewNamespaceAsync("sessions");
        (await cluster.KubectlAsync(null, "run", "p", "-n", space, "--image=local/busybox:1", "--", "sh", "-c", "echo first; echo second; exec sleep 1000000")).Succeeded();
        (await cluster.KubectlAsync(null, "wait", "pod/p", "-n", space, "--for=condition=Ready", "--timeout=60s")).Succeeded();

        Assert.Equal("first\nsecond", (await cluster.KubectlAsync(null, "logs", "p", "-n", space)).Succeeded());
        Assert.Equal("second", (await cluster.KubectlAsync(null, "logs", "p", "-n", space, "--tail=1")).Succeeded());
        Assert.Equal("typed", (await cluster.KubectlAsync("typed", "exec", "-i", "p", "-n", space, "--", "cat")).Succeeded());
        Assert.Equal(3, (await cluster.KubectlAsync(null, "exec", "p", "-n", space, "--", "sh", "-c", "exit 3")).ExitCode);

        var folder = Directory.CreateTempSubdirectory("petrel-cp-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "there"), "carried");
        (await cluster.KubectlAsync(null, "cp", Path.Combine(folder, "there"), $"{space}/p:/tmp/there")).Succeeded();
        (await cluster.KubectlAsync(null, "cp", $"{space}/p:/tmp/there", Path.Combine(folder, "back"))).Succeeded();
        Assert.Equal("carried", await File.ReadAllTextAsync(Path.Combine(folder, "back")));
        Directory.Delete(folder, recursive: true);
    }

    [ClusterFact]
    public async Task A_port_is_forwarded()
    {
        var space = await cluster.NewNamespaceAsync("ports");
        (await cluster.KubectlAsync(null, "run", "p", "-n", space, "--image=local/busybox:1", "--", "sh", "-c", "echo here >/tmp/f; exec httpd -f -p 8080 -h /tmp")).Succeeded();
        (await cluster.KubectlAsync(null, "wait", "pod/p", "-n", space, "--for=condition=Ready", "--timeout=60s")).Succeeded();
        using var forward = cluster.StartKubectl("port-forward", "-n", space, "pod/p", "18080:8080");
        try
        {
            Assert.StartsWith("Forwarding from 127.0.0.1:18080", await forward.StandardOutput.ReadLineAsync(), StringComparison.Ordinal);
            Assert.Equal("here", (await cluster.OnMachineAsync("busybox", "wget", "-q", "-O", "-", "http://127.0.0.1:18080/f")).Succeeded());
        }
        finally
        {
            forward.Kill(entireProcessTree: true);
        }
    }

    [ClusterTheory]
    [MemberData(nameof(KubectlVersions.OldestAndNewest), MemberType = typeof(KubectlVersions))]
    public async Task A_terminal_is_passed_on_with_its_size(string program)
    {
        var space = await cluster.NewNamespaceAsync("terminal" + program.Replace(".", "", StringComparison.Ordinal));
        (await cluster.KubectlAsync(
            $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: p, namespace: {{space}}}
            spec:
              terminationGracePeriodSeconds: 1
              containers: [{name: c, image: "local/busybox:1", stdin: true, tty: true, command: [sh, -c, "read line; echo got $line; exec sleep 1000000"]}]
            """, "apply", "-f", "-")).Succeeded();
        (await cluster.KubectlAsync(null, "wait", "pod/p", "-n", space, "--for=condition=Ready", "--timeout=60s")).Succeeded();

        var kubectl = KubectlVersions.PathOf(program);
        var size = await OnTerminalAsync("stty rows 33 cols 77; " + $"{kubectl} exec -it p -n {space} -- sh -c 'test -t 0 && until stty size | grep 33.77; do sleep 0.1; done'");
        Assert.Contains("33 77", size, StringComparison.Ordinal);

        // The line is typed once attach has said that it waits for one, and the terminal is left once the answer is there.
        var attached = await OnTerminalAsync($"(echo typed; tail -f /dev/null & until {kubectl} logs p -n {space} | grep -q got; do sleep 0.2; done; kill $!) | {kubectl} attach -i p -n {space}");
        Assert.Contains("got typed", attached, StringComparison.Ordinal);
    }

    // script gives the command a terminal of its own.
    private async Task<string> OnTerminalAsync(string command) =>
        (await cluster.OnMachineAsync("timeout", "60", "script", "-qec", command, "/dev/null")).Succeeded();
}
