using System.Collections.Immutable;
using System.Net;

namespace Petrel.Dns.Forwarding;

/// <summary>The name servers of a resolv.conf file (resolv.conf(5)).</summary>
public static class ResolverConfiguration
{
    private const int DnsPort = 53;

    /// <summary>
    /// The servers of the lines <c>nameserver ADDRESS</c>, in order, each once and at most
    /// <see cref="Plugins.ForwardPluginOptions.UpstreamsMax"/>. Lines that cannot be read are ignored, as resolvers do.
    /// </summary>
    public static ImmutableArray<IPEndPoint> ParseNameServers(string text) =>
    [
        .. text.Split('\n')
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["nameserver", _, ..])
            .Select(words => IPAddress.TryParse(words[1], out IPAddress? address) ? address : null)
            .OfType<IPAddress>()
            .Distinct()
            .Take(Plugins.ForwardPluginOptions.UpstreamsMax)
            .Select(address => new IPEndPoint(address, DnsPort)),
    ];
}
