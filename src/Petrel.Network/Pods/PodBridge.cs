using System.Net;
using Petrel.Linux.Netlink;
using Petrel.Linux.Processes;

namespace Petrel.Network.Pods;

/// <summary>
/// The bridge that pods are plugged into. It is made before the CNI plugin needs it, with a MAC address of its own: left
/// to the plugin it changes with every pod that comes and goes, and neighbours lose it each time.
/// </summary>
internal sealed class PodBridge(PodNetworkOptions options)
{
    private readonly NetworkTool _tool = new(options.NetworkNamespace);

    /// <summary>The first address of the range, which pods have as their gateway.</summary>
    public static IPAddress Gateway(IPNetwork range)
    {
        byte[] address = range.BaseAddress.GetAddressBytes();
        address[^1]++;
        return new IPAddress(address);
    }

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        string bridge = options.Bridge;
        if (bridge.Length > InstanceNames.InterfaceLengthMax)
        {
            throw new PodNetworkException(
                $"the bridge name {bridge} is longer than the {InstanceNames.InterfaceLengthMax} characters the kernel allows");
        }

        IPAddress gateway = Gateway(options.NodePodRange);
        if (!await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            await IpAsync(["link", "add", "name", bridge, "address", HardwareAddress(gateway), "type", "bridge"], cancellationToken)
                .ConfigureAwait(false);
        }

        if (options.MaximumTransmissionUnit is int mtu)
        {
            await IpAsync(["link", "set", bridge, "mtu", $"{mtu}"], cancellationToken).ConfigureAwait(false);
        }

        await SetAddressAsync($"{gateway}/{options.NodePodRange.PrefixLength}", cancellationToken).ConfigureAwait(false);
        await IpAsync(["link", "set", bridge, "up"], cancellationToken).ConfigureAwait(false);
        foreach (IPNetwork services in options.ServiceRanges)
        {
            await RouteAsync(services, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            await IpAsync(["link", "delete", options.Bridge], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A locally administered address that two bridges share only if they share the range.</summary>
    private static string HardwareAddress(IPAddress gateway) =>
        string.Join(':', new byte[] { 0x0a, 0x58 }.Concat(gateway.GetAddressBytes()).Select(part => part.ToString("x2")));

    /// <summary>Replaces addresses of a range that the node had before.</summary>
    private async Task SetAddressAsync(string address, CancellationToken cancellationToken)
    {
        string listing = await IpAsync(["-o", "-4", "addr", "show", "dev", options.Bridge], cancellationToken).ConfigureAwait(false);
        string[] present = [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])];
        foreach (string old in present.Where(old => old != address))
        {
            await IpAsync(["addr", "delete", old, "dev", options.Bridge], cancellationToken).ConfigureAwait(false);
        }

        await IpAsync(["addr", "replace", address, "dev", options.Bridge], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A packet is routed before its destination is translated, so service addresses need some route: here one that does
    /// not depend on the machine's own network. Another cluster's route for the same range is left alone.
    /// </summary>
    private async Task RouteAsync(IPNetwork services, CancellationToken cancellationToken)
    {
        string present = await IpAsync(["route", "show", "exact", $"{services}"], cancellationToken).ConfigureAwait(false);
        if (present.Trim().Length == 0)
        {
            await IpAsync(["route", "add", $"{services}", "dev", options.Bridge], cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        CommandResult result = await _tool.RunAsync("ip", ["link", "show", options.Bridge], "", cancellationToken)
            .ConfigureAwait(false);
        return result.Succeeded;
    }

    private Task<string> IpAsync(string[] arguments, CancellationToken cancellationToken) =>
        _tool.RunCheckedAsync("ip", arguments, cancellationToken);
}
