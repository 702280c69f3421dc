using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Linux.Tests;
using Petrel.Node.Agent;
using Petrel.Node.Containers;
using Petrel.Node.Objects;
using Petrel.Node.Runtime;
using Petrel.Node.Volumes;
using Xunit;

namespace Petrel.Node.Tests.Containers;

public sealed class ContainerMountsTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-mounts-").FullName;
    private readonly ContainerRuntime _runtime = ContainerRuntime.Connect("/nothing", TimeProvider.System);
    private readonly NodeObjects _objects = new(new CountingApi(null!), TimeProvider.System, NullLoggerFactory.Instance);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _runtime.Dispose();
        await _objects.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [RootFact]
    public async Task Volumes_with_content_of_the_api_are_read_only_whatever_the_mount_says()
    {
        using var volumes = new VolumeManager(new VolumeOptions { RootDirectory = _directory }, _objects, TimeProvider.System, NullLoggerFactory.Instance);
        var options = new NodeOptions { Name = "n1", Addresses = [IPAddress.Loopback], RootDirectory = _directory };
        Volume[] all =
        [
            new() { Name = "work", EmptyDir = new() }, new() { Name = "settings", ConfigMap = new() }, new() { Name = "key", Secret = new() }, new() { Name = "info", DownwardAPI = new() },
            new() { Name = "token", Projected = new() },
        ];
        var container = new Container { Name = "c", VolumeMounts = [.. all.Select(volume => new VolumeMount { Name = volume.Name, MountPath = "/" + volume.Name }), new VolumeMount { Name = "work", MountPath = "/read", ReadOnly = true }] };
        var pod = new Pod { Metadata = new() { Name = "p", Namespace = "default", Uid = "u" }, Spec = new() { Volumes = [.. all], Containers = [container] } };

        var mounts = await new ContainerMounts(options, _runtime, volumes.SubPaths).OfAsync(
            pod, container, 0, all.ToDictionary(volume => volume.Name, volume => "/host/" + volume.Name), new Dictionary<string, string>(), CancellationToken.None);

        Assert.Equal(
            ["/info True", "/key True", "/read True", "/settings True", "/token True", "/work False"],
            mounts.Where(mount => mount.ContainerPath != "/etc/hosts").Select(mount => $"{mount.ContainerPath} {mount.Readonly}").Order(StringComparer.Ordinal));
    }
}
