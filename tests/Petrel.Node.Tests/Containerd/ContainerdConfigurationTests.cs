using Petrel.Linux.Processes;
using Petrel.Node.Containerd;
using Xunit;

namespace Petrel.Node.Tests.Containerd;

public sealed class ContainerdConfigurationTests
{
    private static readonly ContainerdOptions Options = new()
    {
        RootDirectory = "/var/lib/petrel \"x\"/containerd",
        StateDirectory = "/run/petrel/containerd",
        NetworkConfigurationDirectory = "/etc/petrel/cni",
        RegistryDirectory = "/etc/petrel/certs.d",
        LogFile = "/var/log/petrel/containerd.log",
    };

    [Fact]
    public void The_least_machine_gets_what_lets_it_work_at_all()
    {
        var text = ContainerdConfiguration.Render(Options, new MachineFeatures());

        Assert.Contains("restrict_oom_score_adj = true", text, StringComparison.Ordinal);
        Assert.Contains("disable_apparmor = true", text, StringComparison.Ordinal);
        Assert.Contains("oom_score = 0\n", text, StringComparison.Ordinal);
        Assert.Contains("snapshotter = \"native\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("crun", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_richest_machine_gets_all_it_has()
    {
        var text = ContainerdConfiguration.Render(Options, new MachineFeatures { AppArmor = true, SELinux = true, CanLowerOutOfMemoryScore = true, Overlay = true, Crun = true });

        Assert.Contains("restrict_oom_score_adj = false", text, StringComparison.Ordinal);
        Assert.Contains("disable_apparmor = false", text, StringComparison.Ordinal);
        Assert.Contains("enable_selinux = true", text, StringComparison.Ordinal);
        Assert.Contains("oom_score = -999\n", text, StringComparison.Ordinal);
        Assert.Contains("snapshotter = \"overlayfs\"", text, StringComparison.Ordinal);
        Assert.Contains("runtimes.crun.options]", text, StringComparison.Ordinal);
    }

    [RuntimeFact]
    public async Task Containerd_reads_it_as_it_is_meant()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, ContainerdConfiguration.Render(Options, new MachineFeatures { Crun = true }));

        var dump = (await new CommandRunner(TimeProvider.System).RunAsync(new Command("containerd", "--config", path, "config", "dump"))).EnsureSuccess().Output;

        Assert.Contains("""root = "/var/lib/petrel \"x\"/containerd" """.TrimEnd(), dump, StringComparison.Ordinal);
        Assert.Contains("""sandbox_image = "localhost/petrel/pause:1" """.TrimEnd(), dump, StringComparison.Ordinal);
        Assert.Contains("""conf_dir = "/etc/petrel/cni" """.TrimEnd(), dump, StringComparison.Ordinal);
        Assert.Contains("""config_path = "/etc/petrel/certs.d" """.TrimEnd(), dump, StringComparison.Ordinal);
        Assert.Contains("""BinaryName = "crun" """.TrimEnd(), dump, StringComparison.Ordinal);
        Assert.Contains("stats_collect_period = 60", dump, StringComparison.Ordinal);
        File.Delete(path);
    }
}
