using Petrel.Api;
using Petrel.Node.Volumes;
using Xunit;

namespace Petrel.Node.Tests.Volumes;

public sealed class AtomicDirectoryTests : IDisposable
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;

    private readonly string _path = Directory.CreateTempSubdirectory("petrel-volume-").FullName;

    private AtomicDirectory Volume => new(_path, TimeProvider.System);

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void Files_are_seen_through_links_and_have_their_mode()
    {
        Assert.True(Volume.Write([File("a", "1"), File("dir/b", "2")]));

        Assert.Equal(("1", "2"), (Read("a"), Read("dir/b")));
        Assert.Equal("..data/a", new FileInfo(Path.Combine(_path, "a")).LinkTarget);
        Assert.Equal(Mode, System.IO.File.GetUnixFileMode(Path.Combine(_path, "..data", "a")));
    }

    [Fact]
    public void The_same_content_is_not_written_again()
    {
        Volume.Write([File("a", "1")]);
        var target = new FileInfo(Path.Combine(_path, "..data")).LinkTarget;

        Assert.False(Volume.Write([File("a", "1")]));
        Assert.Equal(target, new FileInfo(Path.Combine(_path, "..data")).LinkTarget);
    }

    [Fact]
    public void A_change_replaces_everything_at_once_and_leaves_nothing_old()
    {
        Volume.Write([File("a", "1"), File("gone", "x"), File("dir/gone", "y")]);
        Assert.True(Volume.Write([File("a", "2"), File("new", "3")]));

        Assert.Equal(("2", "3"), (Read("a"), Read("new")));
        Assert.Equal(["..data", "a", "new"], Directory.GetFileSystemEntries(_path).Select(Path.GetFileName).Where(name => !name!.StartsWith("..2", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Single(Directory.GetDirectories(_path, "..2*"));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/a")]
    [InlineData("a/../../b")]
    [InlineData("..a")]
    [InlineData("")]
    public void Paths_that_lead_out_are_refused(string path)
    {
        Assert.Throws<ArgumentException>(() => Volume.Write([File(path, "1")]));
        Assert.Empty(Directory.GetFileSystemEntries(_path));
    }

    private static VolumeFile File(string path, string text) => new(path, Binary.FromUtf8(text), Mode);

    private string Read(string path) => System.IO.File.ReadAllText(Path.Combine(_path, path));
}
