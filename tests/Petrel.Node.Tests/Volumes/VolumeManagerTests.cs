using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Tests;
using Petrel.Linux.Files;
using Petrel.Linux.Mounts;
using Petrel.Linux.Tests;
using Petrel.Node.Objects;
using Petrel.Node.Volumes;
using Xunit;

namespace Petrel.Node.Tests.Volumes;

public sealed class VolumeManagerTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-volumes-").FullName;
    private readonly ServerFixture _server = new();
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());
    private readonly CountingApi _api;
    private readonly NodeObjects _objects;
    private readonly string _uid = Guid.NewGuid().ToString();
    private VolumeManager _volumes;

    public VolumeManagerTests()
    {
        _api = new CountingApi(_server.Api);
        _objects = new NodeObjects(_api, TimeProvider.System, NullLoggerFactory.Instance);
        _volumes = Manager();
    }

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync()
    {
        foreach (var pod in _volumes.PodsOnDisk())
        {
            await _volumes.RemoveAsync(pod, CancellationToken.None);
        }

        _volumes.Dispose();
        await _objects.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [RootFact]
    public async Task An_empty_dir_is_open_to_everybody_and_keeps_its_content()
    {
        var pod = Pod(new Volume { Name = "cache", EmptyDir = new() });
        var path = await MountOneAsync(pod);

        Assert.Equal(Path.Combine(_directory, "pods", _uid, "volumes/kubernetes.io~empty-dir/cache"), path);
        Assert.Equal(Octal("777"), File.GetUnixFileMode(path));
        await File.WriteAllTextAsync(Path.Combine(path, "kept"), "1");
        File.SetUnixFileMode(path, Octal("700"));

        // A restart of the agent changes nothing that the containers did.
        _volumes.Dispose();
        _volumes = Manager();
        Assert.Equal(path, await MountOneAsync(pod));
        Assert.Equal(("1", Octal("700")), (await File.ReadAllTextAsync(Path.Combine(path, "kept")), File.GetUnixFileMode(path)));
    }

    [RootFact]
    public async Task An_empty_dir_in_memory_is_as_large_as_the_least_of_its_limits()
    {
        var pod = Pod(new Volume { Name = "a", EmptyDir = new() { Medium = "Memory", SizeLimit = Quantity.Parse("8Mi") } }, new Volume { Name = "b", EmptyDir = new() { Medium = "Memory" } });
        pod = pod with { Spec = pod.Spec with { Containers = [new() { Name = "c", Image = "i", Resources = new() { Limits = ApiMap.FromPairs(("memory", Quantity.Parse("16Mi"))) } }] } };
        var paths = await _volumes.MountAsync(pod, CancellationToken.None);

        Assert.Equal((8UL << 20, 16UL << 20), (FileSystemUsage.Of(paths["a"]).CapacityBytes, FileSystemUsage.Of(paths["b"]).CapacityBytes));
        Assert.Equal(Octal("1777"), File.GetUnixFileMode(paths["a"]));
        await Assert.ThrowsAsync<IOException>(() => File.WriteAllBytesAsync(Path.Combine(paths["a"], "big"), new byte[9 << 20]));

        await _volumes.UnmountAsync(_uid, CancellationToken.None);
        Assert.Empty(MountTable.Below(_directory));
        Assert.False(Directory.Exists(paths["a"]));
    }

    [RootFact]
    public async Task A_memory_volume_that_a_reboot_took_is_made_again()
    {
        var pod = Pod(new Volume { Name = "a", EmptyDir = new() { Medium = "Memory" } });
        var path = await MountOneAsync(pod);
        Petrel.Linux.Mounts.Mount.Remove(path);

        _volumes.Dispose();
        _volumes = Manager();
        Assert.True(MountTable.IsMountPoint(await MountOneAsync(pod)));
    }

    [RootFact]
    public async Task The_pods_group_owns_its_volumes()
    {
        await CreateConfigMapAsync("settings", ("a", "1"));
        var pod = Pod(
            new Volume { Name = "work", EmptyDir = new() },
            new Volume { Name = "settings", ConfigMap = new() { Name = "settings", DefaultMode = 256, Items = [new() { Key = "a", Path = "deep/a" }] } });
        pod = pod with { Spec = pod.Spec with { SecurityContext = new() { FsGroup = 1234 } } };
        var paths = await _volumes.MountAsync(pod, CancellationToken.None);

        var work = FileStatus.Of(paths["work"])!;
        Assert.Equal((1234U, Octal("2777")), (work.Group, work.Mode));
        var file = FileStatus.Of(Path.Combine(paths["settings"], "deep/a"))!;
        Assert.Equal((0U, 1234U, Octal("440")), (file.Owner, file.Group, file.Mode));
        var directory = FileStatus.Of(Path.Combine(paths["settings"], "deep"))!;
        Assert.Equal((1234U, Octal("2755")), (directory.Group, directory.Mode));
        // A second call finds them as they are.
        var data = new FileInfo(Path.Combine(paths["settings"], "..data")).LinkTarget;
        await _volumes.MountAsync(pod, CancellationToken.None);
        Assert.Equal(data, new FileInfo(Path.Combine(paths["settings"], "..data")).LinkTarget);
    }

    [RootFact]
    public async Task Host_paths_are_checked_as_their_type_says()
    {
        var (file, directory, socket) = (Path.Combine(_directory, "file"), Path.Combine(_directory, "directory"), Path.Combine(_directory, "socket"));
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(socket));

        Assert.Equal("/anything", await HostPathAsync("/anything", ""));
        Assert.Equal(directory, await HostPathAsync(directory, "DirectoryOrCreate"));
        Assert.Equal((FileKind.Directory, Octal("755")), (FileStatus.Of(directory)!.Kind, FileStatus.Of(directory)!.Mode));
        Assert.Equal(file, await HostPathAsync(file, "FileOrCreate"));
        Assert.Equal((FileKind.Regular, Octal("644")), (FileStatus.Of(file)!.Kind, FileStatus.Of(file)!.Mode));
        foreach (var (path, type) in new[] { (directory, "Directory"), (file, "File"), (socket, "Socket"), ("/dev/null", "CharDevice"), (file, "FileOrCreate"), (directory, "DirectoryOrCreate") })
        {
            Assert.Equal(path, await HostPathAsync(path, type));
        }

        foreach (var (path, type, problem) in new[]
        {
            (file, "Directory", $"{file} is not a directory"), (file, "DirectoryOrCreate", $"{file} is not a directory"), (directory, "File", $"{directory} is not a file"),
            (file, "Socket", $"{file} is not a socket file"), (file, "CharDevice", $"{file} is not a character device"), (file, "BlockDevice", $"{file} is not a block device"),
            ("/nothing", "Directory", "/nothing is not a directory"), ("/nothing", "File", "/nothing is not a file"),
        })
        {
            var failure = await Assert.ThrowsAsync<VolumeException>(() => HostPathAsync(path, type));
            Assert.Equal($"MountVolume.SetUp failed for volume \"host\" : hostPath type check failed: {problem}", failure.Message);
        }
    }

    [RootFact]
    public async Task Config_maps_and_secrets_are_files_that_follow_them()
    {
        await CreateConfigMapAsync("settings", ("a", "1"), ("b", "2"));
        var secret = await _server.Api.CreateAsync(
            new Secret { Metadata = new() { Name = "key", Namespace = "default" }, Data = ApiMap.FromPairs(("tls", Binary.FromUtf8("old"))) }, CancellationToken.None);
        var pod = Pod(new Volume { Name = "settings", ConfigMap = new() { Name = "settings" } }, new Volume { Name = "key", Secret = new() { SecretName = "key", DefaultMode = 256 } });
        _objects.Register(pod);
        var paths = await _volumes.MountAsync(pod, CancellationToken.None);

        Assert.Equal(("1", "2", "old"), (Read(paths["settings"], "a"), Read(paths["settings"], "b"), Read(paths["key"], "tls")));
        Assert.EndsWith("kubernetes.io~configmap/settings", paths["settings"], StringComparison.Ordinal);
        Assert.EndsWith("kubernetes.io~secret/key", paths["key"], StringComparison.Ordinal);
        Assert.Equal("tmpfs", MountTable.Read().Single(mount => mount.Target == paths["key"]).FileSystem);
        Assert.False(MountTable.IsMountPoint(paths["settings"]));
        Assert.Equal(Octal("400"), FileStatus.Of(Path.Combine(paths["key"], "tls"))!.Mode);

        await _server.Api.UpdateAsync(secret with { Data = ApiMap.FromPairs(("tls", Binary.FromUtf8("new"))) }, CancellationToken.None);
        await Conditions.UntilAsync(async () =>
        {
            await _volumes.MountAsync(pod, CancellationToken.None);
            return Read(paths["key"], "tls") == "new";
        });
    }

    [RootFact]
    public async Task A_reader_sees_all_of_the_old_or_all_of_the_new()
    {
        await CreateConfigMapAsync("pair", ("a", "0"), ("b", "0"));
        var pod = Pod(new Volume { Name = "pair", ConfigMap = new() { Name = "pair" } });
        _objects.Register(pod);
        var path = await MountOneAsync(pod);
        using var stop = new CancellationTokenSource();
        var mixed = 0;
        var reader = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                // What a careful program does: one directory, opened once.
                using var root = PathHandle.Open(path);
                using var data = root.OpenBeneath("..data");
                try
                {
                    mixed += File.ReadAllText(data!.DescriptorPath + "/a") == File.ReadAllText(data.DescriptorPath + "/b") ? 0 : 1;
                }
                catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
                {
                    // Replaced meanwhile.
                }
            }
        });

        for (var i = 1; i <= 50; i++)
        {
            var text = $"{i}";
            var present = await _server.Api.GetAsync<ConfigMap>("default", "pair", CancellationToken.None);
            await _server.Api.UpdateAsync(present with { Data = ApiMap.FromPairs(("a", text), ("b", text)) }, CancellationToken.None);
            await Conditions.UntilAsync(async () => await MountOneAsync(pod) is not null && Read(path, "a") == text);
            Assert.Equal(text, Read(path, "b"));
        }

        await stop.CancelAsync();
        await reader;
        Assert.Equal(0, mixed);
    }

    [RootFact]
    public async Task What_is_missing_is_said_as_upstream_says_it_and_the_rest_is_mounted()
    {
        await CreateConfigMapAsync("there", ("a", "1"));
        var pod = Pod(
            new Volume { Name = "cache", EmptyDir = new() },
            new Volume { Name = "v1", ConfigMap = new() { Name = "gone" } },
            new Volume { Name = "v2", Secret = new() { SecretName = "gone" } },
            new Volume { Name = "v3", ConfigMap = new() { Name = "there", Items = [new() { Key = "b", Path = "b" }] } },
            new Volume { Name = "v4", Projected = new() { Sources = [new() { ConfigMap = new() { Name = "gone" } }, new() { Secret = new() { Name = "gone" } }] } },
            new Volume { Name = "v5", Nfs = new() { Server = "s", Path = "/" } },
            new Volume { Name = "v6", EmptyDir = new() { Medium = "Disk" } },
            new Volume { Name = "v7", Projected = new() { Sources = [new() { ClusterTrustBundle = new() { Path = "x" } }] } },
            new Volume { Name = "v8", DownwardAPI = new() { Items = [new() { Path = "x", ResourceFieldRef = new() { ContainerName = "other", Resource = "limits.cpu" } }] } });

        var failure = await Assert.ThrowsAsync<VolumeException>(() => _volumes.MountAsync(pod, CancellationToken.None));

        Assert.Equal(
            [
                "MountVolume.SetUp failed for volume \"v1\" : configmap \"gone\" not found",
                "MountVolume.SetUp failed for volume \"v2\" : secret \"gone\" not found",
                "MountVolume.SetUp failed for volume \"v3\" : configmap references non-existent config key: b",
                "MountVolume.SetUp failed for volume \"v4\" : [configmap \"gone\" not found, secret \"gone\" not found]",
                "MountVolume.SetUp failed for volume \"v5\" : no volume plugin matched: nfs volumes are not supported by this node",
                "MountVolume.SetUp failed for volume \"v6\" : unknown storage medium \"Disk\"",
                "MountVolume.SetUp failed for volume \"v7\" : clusterTrustBundle projections are not supported by this node",
                "MountVolume.SetUp failed for volume \"v8\" : container other not found",
            ],
            failure.Problems);
        Assert.Equal(failure.Problems[0], failure.Message);
        Assert.True(Directory.Exists(Path.Combine(_directory, "pods", _uid, "volumes/kubernetes.io~empty-dir/cache")));
    }

    [RootFact]
    public async Task Optional_sources_may_be_missing()
    {
        var pod = Pod(
            new Volume { Name = "v1", ConfigMap = new() { Name = "gone", Optional = true } },
            new Volume { Name = "v2", Projected = new() { Sources = [new() { Secret = new() { Name = "gone", Optional = true, Items = [new() { Key = "a", Path = "a" }] } }] } });
        var paths = await _volumes.MountAsync(pod, CancellationToken.None);

        Assert.All(paths.Values, path => Assert.Equal(["..data"], Directory.EnumerateFileSystemEntries(path).Select(Path.GetFileName).Where(name => !name!.StartsWith("..2", StringComparison.Ordinal))));
    }

    [RootFact]
    public async Task Fields_of_the_pod_are_files_that_follow_it()
    {
        var pod = Pod(new Volume
        {
            Name = "info",
            DownwardAPI = new()
            {
                Items =
                [
                    new() { Path = "labels", FieldRef = new() { FieldPath = "metadata.labels" } },
                    new() { Path = "name", FieldRef = new() { FieldPath = "metadata.name" } },
                    new() { Path = "note", FieldRef = new() { FieldPath = "metadata.annotations['note']" }, Mode = 256 },
                    new() { Path = "cpu", ResourceFieldRef = new() { ContainerName = "c", Resource = "limits.cpu", Divisor = Quantity.Parse("1m") } },
                    new() { Path = "memory", ResourceFieldRef = new() { ContainerName = "c", Resource = "limits.memory" } },
                ],
            },
        });
        pod = pod with
        {
            Metadata = pod.Metadata with { Labels = ApiMap.FromPairs(("a", "1")), Annotations = ApiMap.FromPairs(("note", "n")) },
            Spec = pod.Spec with { Containers = [new() { Name = "c", Image = "i", Resources = new() { Limits = ApiMap.FromPairs(("cpu", Quantity.Parse("250m"))) } }] },
        };
        var path = await MountOneAsync(pod);

        // The limit that is not set is what the node has.
        Assert.Equal(("a=\"1\"", "web", "n", "250", "1073741824"), (Read(path, "labels"), Read(path, "name"), Read(path, "note"), Read(path, "cpu"), Read(path, "memory")));
        Assert.Equal(Octal("400"), FileStatus.Of(Path.Combine(path, "note"))!.Mode);

        await MountOneAsync(pod with { Metadata = pod.Metadata with { Labels = ApiMap.FromPairs(("a", "2")) } });
        Assert.Equal("a=\"2\"", Read(path, "labels"));
    }

    [RootFact]
    public async Task The_usual_projected_volume_has_token_certificate_and_namespace()
    {
        await CreateConfigMapAsync("kube-root-ca.crt", ("ca.crt", "certificate"));
        var pod = await BoundPodAsync(ApiAccess(3607));
        pod = pod with { Spec = pod.Spec with { SecurityContext = new() { RunAsUser = 1000 } } };
        var path = await MountOneAsync(pod);

        Assert.Equal(("certificate", "default"), (Read(path, "ca.crt"), Read(path, "namespace")));
        var token = FileStatus.Of(Path.Combine(path, "token"))!;
        Assert.Equal((1000U, Octal("600")), (token.Owner, token.Mode));
        Assert.Equal((0U, Octal("644")), (FileStatus.Of(Path.Combine(path, "ca.crt"))!.Owner, FileStatus.Of(Path.Combine(path, "ca.crt"))!.Mode));
        Assert.Equal(3, Read(path, "token").Split('.').Length);
    }

    [RootFact]
    public async Task A_token_is_kept_for_four_fifths_of_its_life_and_then_renewed_without_a_call()
    {
        var pod = await BoundPodAsync(ApiAccess(3600, tokenOnly: true));
        var path = await MountOneAsync(pod);
        var first = Read(path, "token");
        _time.Advance(TimeSpan.FromMinutes(47));
        await MountOneAsync(pod);
        Assert.Equal((1, first), (_api.Tokens, Read(path, "token")));

        _time.Advance(TimeSpan.FromMinutes(2));
        await Conditions.UntilAsync(() => Task.FromResult(_api.Tokens == 2 && Read(path, "token") != first));
    }

    [RootFact]
    public async Task An_old_token_serves_while_the_server_is_away_and_is_renewed_when_it_is_back()
    {
        var pod = await BoundPodAsync(ApiAccess(3600, tokenOnly: true));
        var path = await MountOneAsync(pod);
        var first = Read(path, "token");
        _api.IsDown = true;
        _time.Advance(TimeSpan.FromMinutes(55));
        Assert.Equal(path, await MountOneAsync(pod));
        Assert.Equal(first, Read(path, "token"));

        _time.Advance(TimeSpan.FromMinutes(10));
        var failure = await Assert.ThrowsAsync<VolumeException>(() => MountOneAsync(pod));
        Assert.Equal("MountVolume.SetUp failed for volume \"kube-api-access\" : failed to fetch token: the server is down", failure.Message);

        _api.IsDown = false;
        _time.Advance(TimeSpan.FromMinutes(1));
        await Conditions.UntilAsync(() => Task.FromResult(Read(path, "token") != first));
    }

    [RootFact]
    public async Task A_token_with_a_long_life_is_renewed_every_day()
    {
        var pod = await BoundPodAsync(ApiAccess(7 * 24 * 3600, tokenOnly: true));
        await MountOneAsync(pod);
        _time.Advance(TimeSpan.FromHours(23.9));
        await MountOneAsync(pod);
        Assert.Equal(1, _api.Tokens);

        _time.Advance(TimeSpan.FromHours(0.2));
        await Conditions.UntilAsync(() => Task.FromResult(_api.Tokens == 2));
    }

    [RootFact]
    public async Task Unmounting_removes_volumes_and_nothing_else()
    {
        var host = Directory.CreateDirectory(Path.Combine(_directory, "host")).FullName;
        await File.WriteAllTextAsync(Path.Combine(host, "kept"), "1");
        var pod = Pod(new Volume { Name = "cache", EmptyDir = new() }, new Volume { Name = "memory", EmptyDir = new() { Medium = "Memory" } }, new Volume { Name = "host", HostPath = new() { Path = host } });
        var paths = await _volumes.MountAsync(pod, CancellationToken.None);
        File.CreateSymbolicLink(Path.Combine(paths["cache"], "link"), host);
        await File.WriteAllTextAsync(Path.Combine(_directory, "pods", _uid, "etc-hosts"), "");
        Assert.Equal([_uid], _volumes.PodsOnDisk());

        // Found again by a new agent, which has never mounted them.
        _volumes.Dispose();
        _volumes = Manager();
        await _volumes.UnmountAsync(_uid, CancellationToken.None);

        Assert.Equal(["etc-hosts"], Directory.EnumerateFileSystemEntries(Path.Combine(_directory, "pods", _uid)).Select(Path.GetFileName));
        Assert.True(File.Exists(Path.Combine(host, "kept")));
        Assert.Empty(MountTable.Below(_directory));
        await _volumes.RemoveAsync(_uid, CancellationToken.None);
        await _volumes.RemoveAsync(_uid, CancellationToken.None);
        Assert.Empty(_volumes.PodsOnDisk());
    }

    [RootFact]
    public async Task What_is_in_use_is_not_removed()
    {
        var pod = Pod(new Volume { Name = "memory", EmptyDir = new() { Medium = "Memory" } });
        var path = await MountOneAsync(pod);
        await File.WriteAllTextAsync(Path.Combine(path, "file"), "1");
        await using (File.OpenRead(Path.Combine(path, "file")))
        {
            await Assert.ThrowsAsync<VolumeException>(() => _volumes.UnmountAsync(_uid, CancellationToken.None));
            Assert.True(File.Exists(Path.Combine(path, "file")));
        }

        await _volumes.UnmountAsync(_uid, CancellationToken.None);
        Assert.False(Directory.Exists(path));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_uid_that_is_no_name_is_refused(string uid) =>
        await Assert.ThrowsAsync<VolumeException>(() => _volumes.RemoveAsync(uid, CancellationToken.None));

    private static UnixFileMode Octal(string mode) => (UnixFileMode)Convert.ToInt32(mode, 8);

    private static string Read(string directory, string file) => File.ReadAllText(Path.Combine(directory, file));

    private static Volume ApiAccess(long seconds, bool tokenOnly = false) => new()
    {
        Name = "kube-api-access",
        Projected = new()
        {
            DefaultMode = 420,
            Sources = tokenOnly ? [new() { ServiceAccountToken = new() { Path = "token", ExpirationSeconds = seconds } }] :
            [
                new() { ServiceAccountToken = new() { Path = "token", ExpirationSeconds = seconds } },
                new() { ConfigMap = new() { Name = "kube-root-ca.crt", Items = [new() { Key = "ca.crt", Path = "ca.crt" }] } },
                new() { DownwardAPI = new() { Items = [new() { Path = "namespace", FieldRef = new() { FieldPath = "metadata.namespace" } }] } },
            ],
        },
    };

    private VolumeManager Manager() => new(
        new VolumeOptions { RootDirectory = _directory, Allocatable = static () => ApiMap.FromPairs(("memory", Quantity.Parse("1Gi"))) }, _objects, _time, NullLoggerFactory.Instance);

    private Pod Pod(params Volume[] volumes) => new()
    {
        Metadata = new() { Name = "web", Namespace = "default", Uid = _uid },
        Spec = new() { Volumes = [.. volumes], Containers = [new() { Name = "c", Image = "i" }], ServiceAccountName = "default" },
    };

    /// <summary>One that the server knows, as tokens are given for those alone.</summary>
    private async Task<Pod> BoundPodAsync(Volume volume)
    {
        await _server.Api.CreateAsync(new ServiceAccount { Metadata = new() { Name = "default", Namespace = "default" } }, CancellationToken.None);
        var pod = Pod(volume);
        return await _server.Api.CreateAsync(pod with { Spec = pod.Spec with { AutomountServiceAccountToken = false } }, CancellationToken.None);
    }

    private async Task<string> MountOneAsync(Pod pod) => (await _volumes.MountAsync(pod, CancellationToken.None))[pod.Spec.Volumes[0].Name];

    private async Task<string> HostPathAsync(string path, string type)
    {
        await _volumes.UnmountAsync(_uid, CancellationToken.None);
        return await MountOneAsync(Pod(new Volume { Name = "host", HostPath = new() { Path = path, Type = type } }));
    }

    private Task<ConfigMap> CreateConfigMapAsync(string name, params (string, string)[] data) =>
        _server.Api.CreateAsync(new ConfigMap { Metadata = new() { Name = name, Namespace = "default" }, Data = ApiMap.FromPairs(data) }, CancellationToken.None);
}
