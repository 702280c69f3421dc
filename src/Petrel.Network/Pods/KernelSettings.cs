using Petrel.Linux.Netlink;
using Petrel.Linux.Processes;

namespace Petrel.Network.Pods;

/// <summary>The settings below /proc/sys/net that pods and services need. Only those that differ are written.</summary>
public static class KernelSettings
{
    private const string Root = "/proc/sys/net";
    private const string BridgeFilter = "bridge/bridge-nf-call-iptables";

    /// <summary>Lets the node route for its pods, and lets bridged packets between two pods meet the translation rules.</summary>
    /// <remarks>
    /// Without the second, the answer of a pod on the same bridge would go straight to the client, which expects it from
    /// the service's address.
    /// </remarks>
    public static async Task EnableForwardingAsync(NetworkNamespace networkNamespace, CancellationToken cancellationToken = default)
    {
        Ensure(networkNamespace, "ipv4/ip_forward", "1");
        if (!Exists(networkNamespace, BridgeFilter))
        {
            CommandResult loaded = await new NetworkTool(networkNamespace)
                .RunAsync("modprobe", ["br_netfilter"], "", cancellationToken).ConfigureAwait(false);
            if (!loaded.Succeeded)
            {
                throw new PodNetworkException(
                    $"{Root}/{BridgeFilter} is missing and the kernel module br_netfilter could not be loaded: {loaded.Error.Trim()}");
            }
        }

        Ensure(networkNamespace, BridgeFilter, "1");
    }

    /// <summary>
    /// Lets packets from 127.0.0.1 leave through the pods' bridge, as those to a node port there do once translated. The
    /// service proxy's table drops such packets when they come from outside.
    /// </summary>
    public static void AllowLocalhostNodePorts(NetworkNamespace networkNamespace, string bridge) =>
        Ensure(networkNamespace, $"ipv4/conf/{bridge}/route_localnet", "1");

    /// <summary>Writes <paramref name="value"/> unless the setting has it already.</summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="PodNetworkException">It does not exist or may not be written.</exception>
    public static bool Ensure(NetworkNamespace networkNamespace, string setting, string value)
    {
        ArgumentNullException.ThrowIfNull(networkNamespace);
        string path = $"{Root}/{setting}";
        return networkNamespace.Run(() =>
        {
            try
            {
                if (File.ReadAllText(path).Trim() == value)
                {
                    return false;
                }

                File.WriteAllText(path, value);
                return true;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw new PodNetworkException($"{path} must be {value}: {exception.Message}", exception);
            }
        });
    }

    private static bool Exists(NetworkNamespace networkNamespace, string setting) =>
        networkNamespace.Run(() => File.Exists($"{Root}/{setting}"));
}
