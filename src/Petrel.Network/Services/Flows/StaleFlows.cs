using Petrel.Linux.Netlink;
using Petrel.Linux.Processes;

namespace Petrel.Network.Services.Flows;

/// <summary>
/// Makes the kernel forget datagram flows to endpoints that are gone. The kernel translates only a flow's first packet by
/// rules and the rest by memory, which for a busy client without connections would never end. TCP ends by itself.
/// </summary>
internal sealed class StaleFlows(NetworkNamespace networkNamespace)
{
    private static readonly TransportProtocol[] Protocols = [TransportProtocol.Udp, TransportProtocol.Sctp];

    private readonly NetworkTool _tool = new(networkNamespace);

    /// <summary>Removes flows that the change of some services stranded; does nothing when it cannot have stranded any.</summary>
    /// <param name="before">The snapshot whose rules were in force.</param>
    /// <param name="after">The snapshot whose rules are in force now.</param>
    /// <param name="changed">The services that may differ.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="CommandException">conntrack is missing or failed.</exception>
    public async Task RemoveAsync(
        ServiceSnapshot before, ServiceSnapshot after, IReadOnlyCollection<ServiceName> changed, CancellationToken cancellationToken)
    {
        var old = new DatagramRoutes(before, changed);
        var now = new DatagramRoutes(after, changed);
        if (!now.StrandsFlowsOf(old))
        {
            return;
        }

        List<string> removals = [];
        foreach (TransportProtocol protocol in Protocols)
        {
            foreach (DatagramFlow flow in await ListAsync(protocol, cancellationToken).ConfigureAwait(false))
            {
                if (now.IsStale(flow, old))
                {
                    removals.Add(Removal(flow));
                }
            }
        }

        if (removals.Count > 0)
        {
            CommandResult result = await _tool
                .RunAsync("conntrack", ["--load-file", "-"], string.Join('\n', removals) + "\n", cancellationToken).ConfigureAwait(false);
            result.EnsureSuccess();
        }
    }

    private static string Removal(DatagramFlow flow) =>
        $"-D -p {Name(flow.Protocol)} --orig-src {flow.Client.Address} --sport {flow.Client.Port} "
        + $"--orig-dst {flow.Destination.Address} --dport {flow.Destination.Port}";

    private async Task<IEnumerable<DatagramFlow>> ListAsync(TransportProtocol protocol, CancellationToken cancellationToken)
    {
        string listing = await _tool
            .RunCheckedAsync("conntrack", ["-L", "-p", Name(protocol)], cancellationToken).ConfigureAwait(false);
        return listing
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => DatagramFlow.Parse(protocol, line))
            .OfType<DatagramFlow>();
    }

    private static string Name(TransportProtocol protocol) => protocol == TransportProtocol.Udp ? "udp" : "sctp";
}
