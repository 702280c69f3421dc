using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Grpc.Cri;
using Petrel.Linux.Cgroups;
using Petrel.Linux.Mounts;
using Petrel.Linux.Processes;
using Petrel.Node.Containerd;
using Petrel.Node.Runtime;
using Xunit;

namespace Petrel.Node.Tests;

/// <summary>A containerd of the tests' own in a directory of its own, with an image of busybox and a pod network.</summary>
public sealed class ContainerdFixture : IAsyncLifetime
{
    public const string Busybox = "docker.io/local/busybox:1";

    // The socket's path must be short.
    private readonly string _directory = Path.Combine("/tmp", $"petrel-{Guid.NewGuid():N}"[..15]);
    private readonly string _cgroup = $"/petrel-test-{Guid.NewGuid():N}";
    private ContainerRuntime? _runtime;

    public ContainerdFixture() => Options = new ContainerdOptions
    {
        RootDirectory = Path.Combine(_directory, "root"),
        StateDirectory = Path.Combine(_directory, "state"),
        NetworkConfigurationDirectory = Path.Combine(_directory, "cni"),
        RegistryDirectory = Path.Combine(_directory, "certs.d"),
        LogFile = Path.Combine(_directory, "containerd.log"),
    };

    public ContainerdOptions Options { get; }

    public CommandRunner Commands { get; } = new(TimeProvider.System);

    public ContainerRuntime Runtime => _runtime ??= ContainerRuntime.Connect(Options.SocketPath, TimeProvider.System);

    public ImageImporter Importer => new(Options, Runtime.Images, Commands, TimeProvider.System);

    public ContainerdHost Host() => new(Options, Commands, TimeProvider.System, NullLogger<ContainerdHost>.Instance);

    public static byte[] BusyboxArchive(string name = "local/busybox:1") => ImageArchive.Image(
        name,
        "amd64",
        ImageArchive.Layer([new("bin/", []), new("bin/busybox", File.ReadAllBytes("/bin/busybox")), new("tmp/", [])]),
        new JsonObject { ["Env"] = new JsonArray("PATH=/bin"), ["Cmd"] = new JsonArray("/bin/busybox", "sh") });

    /// <summary>A pod of one container and what is to be known about it.</summary>
    public TestPod Pod(string name, NamespaceMode processNamespace = NamespaceMode.Container) =>
        new(Runtime, name, $"{_cgroup}/{name}", Path.Combine(_directory, "logs", name)) { ProcessNamespace = processNamespace };

    public async Task InitializeAsync()
    {
        if (new RuntimeFactAttribute().Skip is not null)
        {
            return;
        }

        Directory.CreateDirectory(Options.NetworkConfigurationDirectory);
        await File.WriteAllTextAsync(
            Path.Combine(Options.NetworkConfigurationDirectory, "10-test.conflist"),
            $$$"""
            {"cniVersion": "0.4.0", "name": "petrel-test", "plugins": [
              {"type": "ptp", "ipam": {"type": "host-local", "dataDir": "{{{_directory}}}/ipam", "ranges": [[{"subnet": "10.254.77.0/24"}]]}}]}
            """);
        await Host().StartAsync();
        await Importer.ImportAsync(new MemoryStream(BusyboxArchive()));
    }

    public async Task DisposeAsync()
    {
        if (_runtime is null)
        {
            return;
        }

        await Host().StartAsync();
        foreach (var sandbox in await Runtime.Sandboxes.ListAsync())
        {
            await Runtime.Sandboxes.StopAsync(sandbox.Id);
            await Runtime.Sandboxes.RemoveAsync(sandbox.Id);
        }

        await Host().StopAsync();
        Runtime.Dispose();
        foreach (var mount in MountTable.Below(_directory))
        {
            Petrel.Linux.Mounts.Mount.Remove(mount, detach: true);
        }

        Directory.Delete(_directory, recursive: true);
        var cgroups = CgroupTree.Detect();
        Assert.True(SpinWait.SpinUntil(() => cgroups.TryRemove(_cgroup), TimeSpan.FromSeconds(60)));
    }
}

[CollectionDefinition(Name)]
public sealed class ContainerdTests : ICollectionFixture<ContainerdFixture>
{
    public const string Name = "containerd";
}
