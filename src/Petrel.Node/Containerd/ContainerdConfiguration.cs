namespace Petrel.Node.Containerd;

/// <summary>
/// containerd's configuration file for a node (containerd-config.toml(5), format 2, which 1.6, 1.7 and 2 read). Only
/// what must differ from containerd's defaults is written.
/// </summary>
public static class ContainerdConfiguration
{
    private const string Cri = "io.containerd.grpc.v1.cri";

    public static string Render(ContainerdOptions options, MachineFeatures machine) =>
        $"""
        version = 2
        root = {Text(options.RootDirectory)}
        state = {Text(options.StateDirectory)}
        oom_score = {(machine.CanLowerOutOfMemoryScore ? -999 : 0)}
        disabled_plugins = [
          "io.containerd.snapshotter.v1.aufs",
          "io.containerd.snapshotter.v1.btrfs",
          "io.containerd.snapshotter.v1.devmapper",
          "io.containerd.snapshotter.v1.zfs",
          "io.containerd.tracing.processor.v1.otlp",
          "io.containerd.internal.v1.tracing",
        ]

        [debug]
          level = "warn"

        [grpc]
          address = {Text(options.SocketPath)}

        [plugins."io.containerd.internal.v1.opt"]
          path = {Text(Path.Combine(options.RootDirectory, "opt"))}

        [plugins."{Cri}"]
          sandbox_image = {Text(PauseImage.Name)}
          # Writable layers are measured this often, in seconds; the default of 10 keeps an idle node busy.
          stats_collect_period = 60
          # So that no container needs privileges for ports below 1024 or for ping.
          enable_unprivileged_ports = true
          enable_unprivileged_icmp = true
          netns_mounts_under_state_dir = true
          disable_apparmor = {Boolean(!machine.AppArmor)}
          enable_selinux = {Boolean(machine.SELinux)}
          restrict_oom_score_adj = {Boolean(!machine.CanLowerOutOfMemoryScore)}

        [plugins."{Cri}".cni]
          bin_dir = {Text(options.NetworkPluginDirectory)}
          conf_dir = {Text(options.NetworkConfigurationDirectory)}

        [plugins."{Cri}".registry]
          config_path = {Text(options.RegistryDirectory)}

        [plugins."{Cri}".containerd]
          snapshotter = "{(machine.Overlay ? "overlayfs" : "native")}"
          default_runtime_name = "runc"

        {Runtime("runc", "runc")}
        {(machine.Crun ? Runtime("crun", "crun") : "")}
        """;

    /// <summary>A handler that a RuntimeClass can name. Pod cgroups are made by the node agent, without systemd.</summary>
    private static string Runtime(string handler, string program) =>
        $"""
        [plugins."{Cri}".containerd.runtimes.{handler}]
          runtime_type = "io.containerd.runc.v2"

        [plugins."{Cri}".containerd.runtimes.{handler}.options]
          BinaryName = {Text(program)}
          SystemdCgroup = false

        """;

    private static string Text(string value) =>
        $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Boolean(bool value) => value ? "true" : "false";
}
