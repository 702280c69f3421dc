using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.Node.Tests.Lifecycle;

[Collection(ContainerdTests.Name)]
public sealed class ContainerTests(ContainerdFixture containerd, ITestOutputHelper output)
{
    private static EnvVar From(string name, EnvVarSource source) => new() { Name = name, ValueFrom = source };

    private static async Task<string[]> LinesAsync(RunningNode node, Pod pod)
    {
        await Conditions.UntilAsync(() => Task.FromResult(node.LogOf(pod, "main", 0).Contains("F end", StringComparison.Ordinal)));
        return [.. node.LogOf(pod, "main", 0).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => line.Split(' ', 4)[3])];
    }

    [RuntimeFact]
    public async Task Variables_come_from_every_source_and_are_expanded()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.Api.CreateAsync(
            new ConfigMap { Metadata = new() { Name = "settings", Namespace = "default" }, Data = ApiMap.FromPairs(("color", "red")) }, CancellationToken.None);
        await node.Api.CreateAsync(
            new Secret { Metadata = new() { Name = "keys", Namespace = "default" }, Data = ApiMap.FromPairs(("token", Binary.FromUtf8("s3cret"))) }, CancellationToken.None);
        var main = RunningNode.Shell("main", "/bin/busybox env; echo arg=$0; echo end") with
        {
            Args = ["$(GREETING)-$(MISSING)"],
            Resources = new() { Limits = ApiMap.FromPairs(("memory", Quantity.Parse("64Mi")), ("cpu", Quantity.Parse("500m"))) },
            EnvFrom = [new() { Prefix = "MAP_", ConfigMapRef = new() { Name = "settings" } }, new() { SecretRef = new() { Name = "nothing", Optional = true } }],
            Env =
            [
                new() { Name = "NAME", Value = "world" },
                new() { Name = "GREETING", Value = "hello $(NAME) $(MAP_color) $$(NAME)" },
                From("TOKEN", new() { SecretKeyRef = new() { Name = "keys", Key = "token" } }),
                From("COLOR", new() { ConfigMapKeyRef = new() { Name = "settings", Key = "color" } }),
                From("ABSENT", new() { ConfigMapKeyRef = new() { Name = "settings", Key = "none", Optional = true } }),
                From("POD", new() { FieldRef = new() { FieldPath = "metadata.name" } }),
                From("ADDRESS", new() { FieldRef = new() { FieldPath = "status.podIP" } }),
                From("HOST", new() { FieldRef = new() { FieldPath = "status.hostIP" } }),
                From("LIMIT", new() { ResourceFieldRef = new() { Resource = "limits.memory", Divisor = Quantity.Parse("1Mi") } }),
            ],
        };
        await node.CreateAsync("env", static spec => spec with { RestartPolicy = "Never" }, main);
        var pod = await node.UntilAsync("env", static pod => pod.Status.Phase is "Succeeded" or "Failed");
        var lines = await LinesAsync(node, pod);

        Assert.Superset(
            new HashSet<string>
            {
                "GREETING=hello world red $(NAME)", "TOKEN=s3cret", "COLOR=red", "MAP_color=red", "POD=env", $"ADDRESS={pod.Status.PodIP}", "HOST=10.254.77.1", "LIMIT=64",
                "arg=hello world red $(NAME)-$(MISSING)", "HOSTNAME=env",
            },
            lines.ToHashSet());
        Assert.DoesNotContain(lines, static line => line.StartsWith("ABSENT", StringComparison.Ordinal));
        Assert.Equal("Guaranteed", pod.Status.QosClass);
    }

    [RuntimeFact]
    public async Task A_missing_object_is_a_configuration_error_until_it_comes()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var main = RunningNode.Shell("main", "exec /bin/busybox sleep 1000") with { Env = [From("COLOR", new() { ConfigMapKeyRef = new() { Name = "late", Key = "color" } })] };
        await node.CreateAsync("late", static spec => spec, main);
        var pod = await node.UntilAsync("late", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerConfigError" }]);
        Assert.Equal("configmap \"late\" not found", pod.Status.ContainerStatuses[0].State.Waiting!.Message);
        Assert.Equal("Pending", pod.Status.Phase);
        await node.UntilEventAsync("late", "Failed", "Error: configmap \"late\" not found");

        await node.Api.CreateAsync(new ConfigMap { Metadata = new() { Name = "late", Namespace = "default" }, Data = ApiMap.FromPairs(("color", "red")) }, CancellationToken.None);
        await node.UntilAsync("late", static pod => pod.Status.ContainerStatuses is [{ Ready: true, RestartCount: 0 }]);
    }

    [RuntimeFact]
    public async Task Volumes_hosts_and_parts_of_volumes_are_mounted()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.Api.CreateAsync(new ConfigMap { Metadata = new() { Name = "files", Namespace = "default" }, Data = ApiMap.FromPairs(("a.txt", "text a\n")) }, CancellationToken.None);
        var main = RunningNode.Shell(
            "main",
            "/bin/busybox cat /files/a.txt; echo part > /part/file; /bin/busybox ls /whole/sub; /bin/busybox grep alias /etc/hosts; /bin/busybox grep nameserver /etc/resolv.conf; echo no > /files/a.txt; echo end") with
        {
            VolumeMounts =
            [
                new() { Name = "files", MountPath = "/files", ReadOnly = true },
                new() { Name = "scratch", MountPath = "/part", SubPath = "sub" },
                new() { Name = "scratch", MountPath = "/whole" },
            ],
        };
        await node.CreateAsync(
            "mounts",
            static spec => spec with
            {
                RestartPolicy = "Never",
                HostAliases = [new() { Ip = "10.9.8.7", Hostnames = ["alias.example"] }],
                Volumes = [new() { Name = "files", ConfigMap = new() { Name = "files" } }, new() { Name = "scratch", EmptyDir = new() }],
            },
            main);
        var pod = await node.UntilAsync("mounts", static pod => pod.Status.Phase is "Succeeded" or "Failed");
        var lines = await LinesAsync(node, pod);
        Assert.Equal(["text a", "file", "10.9.8.7\talias.example", "nameserver 10.96.0.10"], lines.Where(static line => line is not "end" && !line.Contains("Read-only", StringComparison.Ordinal)));
        Assert.Contains(lines, static line => line.Contains("Read-only file system", StringComparison.Ordinal));
    }

    [RuntimeFact]
    public async Task A_volume_whose_object_is_missing_holds_up_the_pod_with_an_event()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("mounts", "exit 0", static spec => spec with { Volumes = [new() { Name = "files", ConfigMap = new() { Name = "nothing" } }] });
        await node.UntilEventAsync("mounts", "FailedMount", "MountVolume.SetUp failed for volume \"files\" : configmap \"nothing\" not found");
        var pod = (await node.FindAsync("mounts"))!;
        Assert.Equal(("Pending", "ContainerCreating"), (pod.Status.Phase, pod.Status.ContainerStatuses[0].State.Waiting?.Reason));
    }

    [RuntimeFact]
    public async Task A_pod_in_the_nodes_network_has_its_addresses_and_names()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("host", "exec /bin/busybox sleep 1000", static spec => spec with { HostNetwork = true, HostPID = true });
        var pod = await node.UntilAsync("host", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        Assert.Equal("10.254.77.1", pod.Status.PodIP);
        var id = pod.Status.ContainerStatuses[0].ContainerID["containerd://".Length..];
        var network = await containerd.Runtime.Streaming.ExecAsync(id, ["/bin/busybox", "readlink", "/proc/self/ns/net"]);
        Assert.Equal(new FileInfo("/proc/self/ns/net").LinkTarget, network.OutputText.Trim());
    }

    [RuntimeFact]
    public async Task The_security_context_decides_who_a_container_runs_as()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        var user = RunningNode.Shell("main", "exec 2>&1; /bin/busybox id -u; /bin/busybox id -g; /bin/busybox grep NoNewPrivs /proc/self/status; echo x > /file; echo end") with
        {
            SecurityContext = new() { RunAsUser = 1234, RunAsGroup = 5678, AllowPrivilegeEscalation = false, ReadOnlyRootFilesystem = true, Capabilities = new() { Drop = ["ALL"] } },
        };
        await node.CreateAsync("user", static spec => spec with { RestartPolicy = "Never" }, user);
        await node.CreateAsync("root", static spec => spec, RunningNode.Shell("main", "exit 0") with { SecurityContext = new() { RunAsNonRoot = true, RunAsUser = 0 } });
        var pod = await node.UntilAsync("user", static pod => pod.Status.Phase is "Succeeded" or "Failed");
        var lines = await LinesAsync(node, pod);
        Assert.Equal(["1234", "5678", "NoNewPrivs:\t1"], lines.Take(3));
        Assert.Contains(lines, static line => line.Contains("Read-only file system", StringComparison.Ordinal));
        var root = await node.UntilAsync("root", static pod => pod.Status.ContainerStatuses is [{ State.Waiting.Reason: "CreateContainerConfigError" }]);
        Assert.StartsWith("container's runAsUser breaks non-root policy", root.Status.ContainerStatuses[0].State.Waiting!.Message, StringComparison.Ordinal);
    }

    [RuntimeFact]
    public async Task An_ephemeral_container_joins_a_running_pod_and_sees_its_target()
    {
        await using var node = await RunningNode.StartAsync(containerd, output);
        await node.CreateAsync("web", "exec /bin/busybox sleep 1000");
        await node.UntilAsync("web", static pod => pod.Status.ContainerStatuses is [{ Ready: true }]);
        var patch = PatchBody.Strategic(
            $$$"""{"spec":{"ephemeralContainers":[{"name":"look","image":"{{{ContainerdFixture.Busybox}}}","targetContainerName":"main","command":["/bin/busybox","ps"]}]}}""");
        try
        {
            await node.Api.PatchAsync<Pod>("default", "web", patch, "ephemeralcontainers", CancellationToken.None);
        }
        catch (ApiException e) when (e.Code is 404 or 405)
        {
            return; // the server does not have the subresource yet
        }

        var pod = await node.UntilAsync("web", static pod => pod.Status.EphemeralContainerStatuses is [{ State.Terminated: not null }]);
        Assert.Equal(0, pod.Status.EphemeralContainerStatuses[0].State.Terminated!.ExitCode);
        Assert.Contains("sleep 1000", node.LogOf(pod, "look", 0), StringComparison.Ordinal);
    }
}
