using Petrel.Linux.Files;
using Xunit;

namespace Petrel.Linux.Tests.Files;

public sealed class PathHandleTests : IDisposable
{
    private const int LeadsOut = 18;

    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-path-").FullName;

    public PathHandleTests() => Directory.CreateDirectory(Path.Combine(_directory, "root/a/b"));

    private string Root => Path.Combine(_directory, "root");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("..")]
    [InlineData("a/../../x")]
    [InlineData("absolute")]
    [InlineData("up")]
    [InlineData("a/far")]
    public void A_path_that_leads_out_is_refused(string path)
    {
        Directory.CreateDirectory(Path.Combine(_directory, "x"));
        File.CreateSymbolicLink(Path.Combine(Root, "absolute"), "/etc");
        File.CreateSymbolicLink(Path.Combine(Root, "up"), "../x");
        File.CreateSymbolicLink(Path.Combine(Root, "a/far"), "b/../../../x");
        using var root = PathHandle.Open(Root);

        Assert.Equal(LeadsOut, Assert.Throws<SystemCallException>(() => root.OpenBeneath(path)).ErrorNumber);
    }

    [Fact]
    public void Links_that_stay_below_are_followed()
    {
        File.WriteAllText(Path.Combine(Root, "a/file"), "1");
        File.CreateSymbolicLink(Path.Combine(Root, "a/b/link"), "../file");
        using var root = PathHandle.Open(Root);
        using var file = root.OpenBeneath("a/b/link");

        Assert.Equal(Path.Combine(Root, "a/file"), file!.RealPath);
        Assert.Equal(FileKind.Regular, file.Status().Kind);
        Assert.Null(root.OpenBeneath("a/nothing"));
    }

    [Fact]
    public void A_handle_stays_with_its_file_when_the_name_goes_elsewhere()
    {
        File.WriteAllText(Path.Combine(Root, "a/file"), "mine");
        using var root = PathHandle.Open(Root);
        using var file = root.OpenBeneath("a/file")!;
        File.Move(Path.Combine(Root, "a/file"), Path.Combine(Root, "a/moved"));
        File.CreateSymbolicLink(Path.Combine(Root, "a/file"), "/etc/passwd");

        Assert.Equal("mine", File.ReadAllText(file.DescriptorPath));
    }

    [Fact]
    public void Directories_are_made_with_their_mode_whatever_the_umask()
    {
        using var root = PathHandle.Open(Root);

        Assert.True(root.MakeDirectory("made", (UnixFileMode)Convert.ToInt32("2777", 8)));
        Assert.False(root.MakeDirectory("made", UnixFileMode.UserRead));

        Assert.Equal((UnixFileMode)Convert.ToInt32("2777", 8), File.GetUnixFileMode(Path.Combine(Root, "made")));
    }

    [Fact]
    public void The_status_tells_kinds_and_links_apart()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "link"), "a");

        Assert.Equal(FileKind.Link, FileStatus.Of(Path.Combine(Root, "link"), followLink: false)!.Kind);
        Assert.Equal(FileKind.Directory, FileStatus.Of(Path.Combine(Root, "link"))!.Kind);
        Assert.Equal(FileKind.CharacterDevice, FileStatus.Of("/dev/null")!.Kind);
        Assert.Null(FileStatus.Of(Path.Combine(Root, "nothing")));
        Assert.True(FileStatus.Of(Path.Combine(Root, "link"))!.IsSameFile(FileStatus.Of(Path.Combine(Root, "a"))!));
    }
}
