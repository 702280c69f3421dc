using Petrel.Grpc;
using Petrel.Grpc.Cri;
using Petrel.Node.Runtime;

namespace Petrel.Node.Tests;

/// <summary>One pod with one container of busybox, made by CRI calls alone.</summary>
public sealed class TestPod(ContainerRuntime runtime, string name, string cgroup, string logDirectory)
{
    public string Uid { get; } = Guid.NewGuid().ToString();

    public string SandboxId { get; private set; } = "";

    public string ContainerId { get; private set; } = "";

    public string LogFile => Path.Combine(logDirectory, "main", "0.log");

    public string Cgroup => cgroup;

    public NamespaceMode ProcessNamespace { get; init; } = NamespaceMode.Container;

    public async Task<TestPod> RunAsync(string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(LogFile)!);
        var sandbox = SandboxConfiguration();
        SandboxId = await runtime.Sandboxes.RunAsync(sandbox);
        var container = new ContainerConfig
        {
            Metadata = new ContainerMetadata { Name = "main" },
            Image = new ImageSpec { Image = ContainerdFixture.Busybox },
            Command = { "/bin/busybox", "sh", "-c", script },
            LogPath = "main/0.log",
            Labels = { [RuntimeLabels.PodUid] = Uid, [RuntimeLabels.ContainerName] = "main" },
            Linux = new LinuxContainerConfig
            {
                Resources = new LinuxContainerResources { CpuShares = 102, MemoryLimitInBytes = 64 << 20 },
                SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = Namespaces() },
            },
        };
        ContainerId = await runtime.Containers.CreateAsync(SandboxId, container, sandbox);
        await runtime.Containers.StartAsync(ContainerId);
        return this;
    }

    public async Task<ContainerStatus> StatusAsync() => (await runtime.Containers.StatusAsync(ContainerId))!.Status;

    public async Task RemoveAsync()
    {
        try
        {
            await runtime.Sandboxes.StopAsync(SandboxId);
        }
        catch (GrpcException e) when (e.Message.Contains("ttrpc: closed", StringComparison.Ordinal))
        {
            // The container ended by itself just now, and its shim with it: asked again, containerd knows (as the agent asks).
            await runtime.Sandboxes.StopAsync(SandboxId);
        }

        await runtime.Sandboxes.RemoveAsync(SandboxId);
    }

    private PodSandboxConfig SandboxConfiguration() => new()
    {
        Metadata = new PodSandboxMetadata { Name = name, Namespace = "test", Uid = Uid },
        Hostname = name,
        LogDirectory = logDirectory,
        DnsConfig = new DNSConfig { Servers = { "10.96.0.10" }, Searches = { "test.svc.cluster.local" }, Options = { "ndots:5" } },
        Labels = { [RuntimeLabels.PodUid] = Uid, [RuntimeLabels.PodName] = name, [RuntimeLabels.PodNamespace] = "test" },
        Linux = new LinuxPodSandboxConfig
        {
            CgroupParent = cgroup,
            SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = Namespaces() },
        },
    };

    private NamespaceOption Namespaces() => new() { Pid = ProcessNamespace };
}
