using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Linux.Files;
using Petrel.Linux.Mounts;
using Petrel.Linux.Tests;
using Petrel.Node.Objects;
using Petrel.Node.Volumes;
using Xunit;

namespace Petrel.Node.Tests.Volumes;

public sealed class SubPathsTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-subpath-").FullName;
    private readonly NodeObjects _objects = new(new NoApi(), TimeProvider.System, NullLoggerFactory.Instance);
    private readonly VolumeManager _volumes;
    private readonly string _volume;
    private readonly string _secret;

    public SubPathsTests()
    {
        _volumes = new VolumeManager(new VolumeOptions { RootDirectory = _directory }, _objects, TimeProvider.System, NullLoggerFactory.Instance);
        _volume = Directory.CreateDirectory(Path.Combine(_directory, "volume")).FullName;
        _secret = Directory.CreateDirectory(Path.Combine(_directory, "secret")).FullName;
        File.WriteAllText(Path.Combine(_secret, "key"), "of the node");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _volumes.RemoveAsync("u", CancellationToken.None);
        _volumes.Dispose();
        await _objects.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [RootFact]
    public void A_directory_that_is_missing_is_made_with_the_volumes_mode()
    {
        File.SetUnixFileMode(_volume, (UnixFileMode)Convert.ToInt32("777", 8));
        var path = PathOf(new VolumeMount { SubPath = "a/b" });

        File.WriteAllText(Path.Combine(path, "file"), "1");
        Assert.Equal("1", File.ReadAllText(Path.Combine(_volume, "a/b/file")));
        Assert.Equal((UnixFileMode)Convert.ToInt32("777", 8), File.GetUnixFileMode(Path.Combine(_volume, "a")));
        Assert.StartsWith(Path.Combine(_directory, "pods/u/volume-subpaths/v/c/"), path, StringComparison.Ordinal);
    }

    [RootFact]
    public void A_file_and_a_link_within_the_volume_are_parts_too()
    {
        Directory.CreateDirectory(Path.Combine(_volume, "..2024"));
        File.WriteAllText(Path.Combine(_volume, "..2024/key"), "content");
        File.CreateSymbolicLink(Path.Combine(_volume, "..data"), "..2024");
        File.CreateSymbolicLink(Path.Combine(_volume, "key"), "..data/key");

        Assert.Equal("content", File.ReadAllText(PathOf(new VolumeMount { SubPath = "key" })));
    }

    [RootFact]
    public void Without_sub_path_it_is_the_volume() => Assert.Equal(_volume, PathOf(new VolumeMount()));

    [RootTheory]
    [InlineData("absolute")]
    [InlineData("relative")]
    [InlineData("absolute/key")]
    [InlineData("relative/new/directory")]
    [InlineData("chain/key")]
    public void A_link_out_of_the_volume_is_refused(string part)
    {
        File.CreateSymbolicLink(Path.Combine(_volume, "absolute"), _secret);
        File.CreateSymbolicLink(Path.Combine(_volume, "relative"), "../secret");
        File.CreateSymbolicLink(Path.Combine(_volume, "chain"), "relative");

        var failure = Assert.Throws<VolumeException>(() => PathOf(new VolumeMount { SubPath = part }));

        Assert.Equal($"failed to prepare subPath for volumeMount \"v\" of container \"c\": subpath \"{part}\" not within volume path \"{_volume}\"", failure.Message);
        Assert.Equal(["key"], Directory.EnumerateFileSystemEntries(_secret).Select(Path.GetFileName));
        Assert.Empty(MountTable.Below(_directory));
    }

    [RootFact]
    public void A_link_to_nothing_is_refused_and_nothing_is_made_behind_it()
    {
        File.CreateSymbolicLink(Path.Combine(_volume, "dangling"), "missing");

        Assert.Throws<VolumeException>(() => PathOf(new VolumeMount { SubPath = "dangling" }));
        Assert.False(Directory.Exists(Path.Combine(_volume, "missing")));
    }

    [RootFact]
    public async Task A_program_that_swaps_directories_and_links_never_gets_out()
    {
        // The race of CVE-2021-25741: the name is a directory when looked at and a link out when mounted.
        Directory.CreateDirectory(Path.Combine(_volume, "good"));
        Directory.CreateDirectory(Path.Combine(_volume, "swap"));
        File.CreateSymbolicLink(Path.Combine(_volume, "evil"), _secret);
        using var stop = new CancellationTokenSource();
        var attacker = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    Rename("swap", "held");
                    Rename("evil", "swap");
                    Rename("swap", "evil");
                    Rename("held", "swap");
                }
                catch (IOException)
                {
                    // The node was quicker and made a directory of the name: what was renamed is put back.
                    PutBack();
                }
            }
        });

        for (var i = 0; i < 300; i++)
        {
            try
            {
                var path = PathOf(new VolumeMount { SubPath = "swap/part" });
                Assert.False(File.Exists(Path.Combine(path, "../key")));
                Assert.Empty(Directory.EnumerateFileSystemEntries(path));
            }
            catch (VolumeException)
            {
                // Refused: the other right answer.
            }

            Assert.False(Directory.Exists(Path.Combine(_secret, "part")));
        }

        await stop.CancelAsync();
        await attacker;
    }

    [RootFact]
    public void A_bind_is_kept_while_it_shows_the_same_and_replaced_when_it_does_not()
    {
        File.WriteAllText(Path.Combine(_volume, "file"), "old");
        var mount = new VolumeMount { SubPath = "file" };
        var path = PathOf(mount);
        Assert.Equal(path, PathOf(mount));
        Assert.Single(MountTable.Below(_directory));

        File.Delete(Path.Combine(_volume, "file"));
        File.WriteAllText(Path.Combine(_volume, "file"), "new");
        Assert.Equal("new", File.ReadAllText(PathOf(mount)));

        File.Delete(Path.Combine(_volume, "file"));
        Directory.CreateDirectory(Path.Combine(_volume, "file"));
        Assert.Equal(FileKind.Directory, FileStatus.Of(PathOf(mount))!.Kind);
        Assert.Single(MountTable.Below(_directory));
    }

    [RootFact]
    public void An_expression_is_expanded_and_checked_like_a_path()
    {
        var variables = new Dictionary<string, string> { ["POD"] = "web-0", ["UP"] = "../secret", ["ROOT"] = "/etc" };

        PathOf(new VolumeMount { SubPathExpr = "logs/$(POD)" }, variables);
        Assert.True(Directory.Exists(Path.Combine(_volume, "logs/web-0")));
        Assert.Equal("missing value for \"NONE\"", Problem("$(NONE)"));
        Assert.Equal("unable to provision SubPath `../secret`: must not contain '..'", Problem("$(UP)"));
        Assert.Equal("error SubPath `/etc` must not be an absolute path", Problem("$(ROOT)"));

        string Problem(string expression) => Assert.Throws<VolumeException>(() => PathOf(new VolumeMount { SubPathExpr = expression }, variables)).Message;
    }

    [RootFact]
    public async Task Binds_go_with_the_pod_and_leave_the_volume_alone()
    {
        File.WriteAllText(Path.Combine(_volume, "file"), "1");
        PathOf(new VolumeMount { SubPath = "file" });
        PathOf(new VolumeMount { SubPath = "directory" });

        await _volumes.UnmountAsync("u", CancellationToken.None);

        Assert.Empty(MountTable.Below(_directory));
        Assert.Equal("1", File.ReadAllText(Path.Combine(_volume, "file")));
        Assert.True(Directory.Exists(Path.Combine(_volume, "directory")));
    }

    private string PathOf(VolumeMount mount, Dictionary<string, string>? variables = null)
    {
        mount = mount with { Name = "v", MountPath = "/m" };
        var pod = new Pod { Metadata = new() { Name = "p", Namespace = "default", Uid = "u" } };
        return _volumes.SubPaths.PathOf(pod, new Container { Name = "c", VolumeMounts = [mount] }, mount, _volume, variables ?? []);
    }

    private void Rename(string from, string to) => FileRename.Replace(Path.Combine(_volume, from), Path.Combine(_volume, to));

    private void PutBack()
    {
        while (Directory.Exists(Path.Combine(_volume, "held")))
        {
            try
            {
                DirectoryRemoval.Remove(Path.Combine(_volume, "swap"));
                Rename("held", "swap");
            }
            catch (IOException)
            {
                // It is being made again.
            }
        }
    }

    private sealed class NoApi : IApi
    {
        public Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<RawWatchEvent> WatchAsync(ApiRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
