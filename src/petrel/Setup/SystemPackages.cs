using Petrel.Linux.Processes;

namespace Petrel.Program.Setup;

/// <summary>The system packages that a node needs, as Debian names them, each known by a file that it installs.</summary>
internal sealed class SystemPackages(CommandRunner commands)
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(10);

    private static readonly (string Package, string Program)[] Needed =
    [
        ("containerd", "containerd"),
        ("runc", "runc"),
        ("containernetworking-plugins", "/usr/lib/cni/bridge"),
        ("nftables", "nft"),
        ("iptables", "iptables"),
        ("iproute2", "ip"),
        ("conntrack", "conntrack"),
    ];

    // Bridged packets meet the service rules through br_netfilter; where it is neither built in nor loaded yet, it must be.
    private static readonly (string Package, string Program) Modules = ("kmod", "modprobe");
    private const string BridgeFilter = "/proc/sys/net/bridge/bridge-nf-call-iptables";

    /// <summary>The packages whose programs are not there.</summary>
    public static IReadOnlyList<string> Missing() =>
        [.. (File.Exists(BridgeFilter) ? Needed : Needed.Append(Modules)).Where(static needed => !Exists(needed.Program)).Select(static needed => needed.Package)];

    /// <summary>Installs packages with apt.</summary>
    /// <exception cref="SetupException">There is no apt, or it failed; says what to do.</exception>
    public async Task InstallAsync(IReadOnlyList<string> packages, CancellationToken cancellationToken)
    {
        if (!Exists("apt-get"))
        {
            throw new SetupException($"this machine has no apt-get; install what these Debian packages hold: {string.Join(' ', packages)}");
        }

        await RunAsync(["update", "-qq"], cancellationToken);
        await RunAsync(["install", "-y", "-qq", "--no-install-recommends", .. packages], cancellationToken);
        if (Missing() is { Count: > 0 } still)
        {
            throw new SetupException($"apt-get installed {string.Join(' ', packages)}, and the programs of these are still not found: {string.Join(' ', still)}");
        }
    }

    private async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var command = new Command("apt-get", arguments)
        {
            Timeout = InstallTimeout,
            Environment = new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" },
        };
        var result = await commands.RunAsync(command, cancellationToken);
        if (!result.Succeeded)
        {
            throw new SetupException($"{command} failed: {result.Error.Trim()}");
        }
    }

    // Daemons' folders are not on the path of every shell.
    private static bool Exists(string program) => Path.IsPathRooted(program)
        ? File.Exists(program)
        : $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
