namespace Petrel.Node.Containerd;

/// <summary>Where a node's own containerd keeps its things.</summary>
public sealed record ContainerdOptions
{
    /// <summary>Images, snapshots, metadata: what must survive a reboot. Made when missing.</summary>
    public required string RootDirectory { get; init; }

    /// <summary>Socket, running containers, configuration: what a reboot may clear. Made when missing; a short path, for the socket's sake.</summary>
    public required string StateDirectory { get; init; }

    /// <summary>Network configuration (<c>*.conflist</c>); containerd takes the first by name and notices changes. Made when missing.</summary>
    public required string NetworkConfigurationDirectory { get; init; }

    /// <summary>Network plugins; the default is where Debian's package containernetworking-plugins puts them.</summary>
    public string NetworkPluginDirectory { get; init; } = "/usr/lib/cni";

    /// <summary>Registry settings, one <c>HOST:PORT/hosts.toml</c> each. Made when missing.</summary>
    public required string RegistryDirectory { get; init; }

    public required string LogFile { get; init; }

    /// <summary>Size at which the log is put aside, as <c>LogFile.1</c>, when containerd starts.</summary>
    public long MaxLogBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Program; its client <c>ctr</c> must be in the path.</summary>
    public string Program { get; init; } = "containerd";

    /// <summary>Longest time from start until containers can be made.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for an orderly end before a kill.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time between the end of containerd and its next start; a start that did not hold doubles it, up to <see cref="MaxRestartPause"/>.</summary>
    public TimeSpan FirstRestartPause { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan MaxRestartPause { get; init; } = TimeSpan.FromSeconds(30);

    public string SocketPath => Path.Combine(StateDirectory, "containerd.sock");

    internal string ConfigurationPath => Path.Combine(StateDirectory, "config.toml");

    internal string IdentityPath => Path.Combine(StateDirectory, "process");
}
