using System.Diagnostics;
using Petrel.Linux.Cgroups;
using Xunit;

namespace Petrel.Linux.Tests.Cgroups;

/// <summary>The machine's real cgroups, below a directory of this test's own.</summary>
public sealed class CgroupTreeTests : IDisposable
{
    private readonly ICgroupTree _tree = CgroupTree.Detect();
    private readonly string _root = $"/petrel-test-{Guid.NewGuid():N}";

    private string Pod => $"{_root}/burstable/pod1";

    public void Dispose()
    {
        _tree.Kill(_root);
        Assert.True(SpinWait.SpinUntil(() => _tree.TryRemove(_root), TimeSpan.FromSeconds(60)));
    }

    [RootFact]
    public void A_cgroup_is_made_with_its_parents_listed_and_removed()
    {
        Assert.False(_tree.Exists(Pod));
        _tree.Create(Pod);
        _tree.Create(Pod);

        Assert.True(_tree.Exists(Pod));
        Assert.Equal(["burstable"], _tree.Children(_root));
        Assert.Equal(["pod1"], _tree.Children($"{_root}/burstable"));

        Assert.True(_tree.TryRemove(_root));
        Assert.False(_tree.Exists(_root));
        Assert.Null(_tree.ReadUsage(Pod));
        Assert.True(_tree.TryRemove(_root));
    }

    [RootFact]
    public void Limits_are_written_and_lifted()
    {
        _tree.Create(Pod);
        _tree.Apply(Pod, new CgroupLimits { CpuShares = 512, CpuQuotaMicroseconds = 50_000, MemoryBytes = 64 << 20, Pids = 100 });
        Assert.Equal(64UL << 20, _tree.ReadUsage(Pod)!.MemoryLimitBytes);

        _tree.Apply(Pod, new CgroupLimits { CpuQuotaMicroseconds = CgroupLimits.Unlimited, MemoryBytes = CgroupLimits.Unlimited, Pids = CgroupLimits.Unlimited });
        Assert.Null(_tree.ReadUsage(Pod)!.MemoryLimitBytes);
    }

    [RootFact]
    public void A_refused_limit_names_the_file()
    {
        _tree.Create(Pod);

        var failure = Assert.Throws<IOException>(() => _tree.Apply(Pod, new CgroupLimits { CpuQuotaMicroseconds = 1 }));

        Assert.Contains(_tree.IsUnified ? "cpu.max" : "cpu.cfs_quota_us", failure.Message, StringComparison.Ordinal);
    }

    [RootFact]
    public async Task A_process_is_counted_keeps_its_cgroup_and_can_be_killed()
    {
        _tree.Create(Pod);
        // What the shell had before it entered counts elsewhere, so it takes some memory there.
        using var process = StartInPod("x=$(head -c 4000000 /dev/zero | tr '\\0' a); while :; do :; done");
        await Until(() => _tree.Processes(Pod).Contains(process.Id));
        await Until(() => _tree.ReadUsage(Pod) is { CpuNanoseconds: > 1_000_000, MemoryBytes: > 0, Pids: 1 });
        Assert.False(_tree.TryRemove(Pod));

        _tree.Kill(_root);
        await process.WaitForExitAsync();
        await Until(() => _tree.TryRemove(Pod));
    }

    [RootFact]
    public async Task The_memory_limit_is_enforced()
    {
        _tree.Create(Pod);
        _tree.Apply(Pod, new CgroupLimits { MemoryBytes = 16 << 20 });
        using var process = StartInPod("head -c 200000000 /dev/zero | tail");
        await process.WaitForExitAsync();
        Assert.NotEqual(0, process.ExitCode);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1024, 39)]
    [InlineData(262_144, 10_000)]
    [InlineData(0, 1)]
    public void Shares_become_weights(long shares, long weight) => Assert.Equal(weight, CgroupV2Tree.WeightOf(shares));

    [Fact]
    public void A_path_may_not_leave_the_tree() => Assert.Throws<ArgumentException>(() => _tree.Exists("/a/../../etc"));

    private Process StartInPod(string script)
    {
        var mounts = CgroupMounts.Detect();
        var files = (mounts.IsUnified ? [mounts.Unified!] : mounts.Controllers.Values.Distinct()).Select(mount => $"{mount}{Pod}/cgroup.procs");
        var enter = string.Join("; ", files.Select(file => $"echo $$ > {file}"));
        return Process.Start("/bin/sh", ["-ec", $"{enter}; {script}"]);
    }

    private static async Task Until(Func<bool> condition) =>
        Assert.True(await Task.Run(() => SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(60))));
}
