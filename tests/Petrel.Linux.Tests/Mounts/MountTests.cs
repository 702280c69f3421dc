using Petrel.Linux.Mounts;
using Xunit;

namespace Petrel.Linux.Tests.Mounts;

public sealed class MountTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("petrel mount ");

    public void Dispose()
    {
        foreach (var target in MountTable.Below(_directory.FullName))
        {
            Mount.Remove(target, detach: true);
        }

        _directory.Delete(recursive: true);
    }

    [RootFact]
    public void A_tmpfs_has_its_size_and_is_gone_after_removal()
    {
        var target = _directory.CreateSubdirectory("a b").FullName;
        Mount.Tmpfs(target, 4 * 1024 * 1024);

        Assert.True(MountTable.IsMountPoint(target));
        Assert.Equal(4UL * 1024 * 1024, FileSystemUsage.Of(target).CapacityBytes);
        File.WriteAllBytes(Path.Combine(target, "f"), new byte[1024 * 1024]);
        var usage = FileSystemUsage.Of(target);
        Assert.Equal(1024UL * 1024, usage.UsedBytes);
        Assert.Equal(usage.CapacityBytes - usage.UsedBytes, usage.AvailableBytes);
        Assert.Equal(2UL, usage.InodesUsed);

        Assert.True(Mount.Remove(target));
        Assert.False(MountTable.IsMountPoint(target));
        Assert.False(Mount.Remove(target));
    }

    [RootFact]
    public void A_read_only_bind_shows_the_source_and_refuses_writes()
    {
        var source = _directory.CreateSubdirectory("source").FullName;
        var target = _directory.CreateSubdirectory("target").FullName;
        File.WriteAllText(Path.Combine(source, "f"), "seen");
        Mount.Bind(source, target, readOnly: true);

        Assert.Equal("seen", File.ReadAllText(Path.Combine(target, "f")));
        Assert.ThrowsAny<IOException>(() => File.WriteAllText(Path.Combine(target, "g"), ""));
        Assert.Contains("ro", MountTable.Read().Single(mount => mount.Target == target).Options);
    }

    [RootFact]
    public void Mounts_below_a_directory_come_innermost_first()
    {
        var outer = _directory.CreateSubdirectory("outer").FullName;
        Mount.Tmpfs(outer);
        var inner = Directory.CreateDirectory(Path.Combine(outer, "inner")).FullName;
        Mount.Tmpfs(inner);

        Assert.Equal([inner, outer], MountTable.Below(_directory.FullName));
    }

    [RootFact]
    public void A_mount_can_be_made_shared()
    {
        var target = _directory.CreateSubdirectory("shared").FullName;
        Mount.Tmpfs(target);
        Mount.MakeShared(target, recursive: true);

        Assert.True(MountTable.Read().Single(mount => mount.Target == target).IsShared);
    }

    [RootFact]
    public void A_refused_mount_names_itself_and_the_reason()
    {
        var failure = Assert.Throws<SystemCallException>(() => Mount.Tmpfs("/nonexistent/petrel"));

        Assert.Equal("mount tmpfs on /nonexistent/petrel: No such file or directory", failure.Message);
    }

    [Fact]
    public void Escaped_characters_of_a_mount_table_line_are_restored()
    {
        var mount = MountTable.Parse("""36 35 98:0 /mnt1 /mnt/a\040b\134c rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue""");

        Assert.Equal("""/mnt/a b\c""", mount.Target);
        Assert.Equal(("/mnt1", "ext3", "/dev/root"), (mount.Root, mount.FileSystem, mount.Source));
        Assert.Equal(["master:1", "shared:2"], mount.Propagation);
        Assert.Equal(["rw", "errors=continue"], mount.SuperOptions);
    }
}
