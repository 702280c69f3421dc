using Petrel.Linux.Cgroups;
using Petrel.Linux.Mounts;
using Xunit;

namespace Petrel.Linux.Tests.Cgroups;

public sealed class CgroupMountsTests
{
    private const string V1 = """
        32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
        35 31 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
        40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
        """;

    private const string V2 = "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate";

    [Fact]
    public void Controllers_mounted_together_share_their_directory()
    {
        var mounts = Parse(V1);

        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", mounts.Controllers["cpu"]);
        Assert.Equal("/sys/fs/cgroup/cpu,cpuacct", mounts.Controllers["cpuacct"]);
        Assert.Equal(["/sys/fs/cgroup/systemd"], mounts.Named);
        Assert.False(mounts.IsUnified || mounts.IsHybrid);
    }

    [Fact]
    public void Version_2_alone_is_unified_and_beside_version_1_hybrid()
    {
        Assert.True(Parse(V2).IsUnified);
        Assert.True(Parse(V1 + "\n" + V2).IsHybrid);
        Assert.False(Parse(V1 + "\n" + V2).IsUnified);
    }

    [Fact]
    public void No_cgroups_at_all_is_said_clearly() =>
        Assert.Contains("no cgroup file system is mounted", Assert.Throws<IOException>(() => CgroupTree.From(Parse(""))).Message, StringComparison.Ordinal);

    private static CgroupMounts Parse(string text) =>
        CgroupMounts.From(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(MountTable.Parse));
}
