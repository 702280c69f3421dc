using System.Net;
using Petrel.ApiServer;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Hosting;
using Petrel.Program.Hosting;

namespace Petrel.Program.Commands;

/// <summary>Settings of <c>petrel server</c>; names are those of upstream's flags where it has the same knob.</summary>
internal sealed record ServerOptions
{
    public ClusterPaths Paths { get; init; } = new(ClusterPaths.DefaultName, ClusterPaths.DefaultDataDirectory);

    public int Port { get; init; } = 6443;

    public string BindAddress { get; init; } = "0.0.0.0";

    /// <summary>Null: none is written.</summary>
    public string? KubeconfigPath { get; init; }

    /// <summary>Addresses of services.</summary>
    public IPNetwork ServiceRange { get; init; } = IPNetwork.Parse("10.96.0.0/12");

    /// <summary>Addresses of pods.</summary>
    public IPNetwork PodRange { get; init; } = IPNetwork.Parse("10.244.0.0/16");

    /// <summary>The address of the DNS service; by default the tenth of the service range.</summary>
    public IPAddress? ClusterDns { get; init; }

    /// <summary>Where the DNS server listens on the node's address; the service leads there from port 53.</summary>
    public int DnsPort { get; init; } = 10053;

    /// <summary>Run no node on this machine, and no DNS server, which pods are needed for.</summary>
    public bool ControlPlaneOnly { get; init; }

    /// <summary>The name of this machine's node; by default the host's name in lower case.</summary>
    public string NodeName { get; init; } = System.Net.Dns.GetHostName().ToLowerInvariant();

    /// <summary>The address others reach this machine by; by default that of the interface of the default route.</summary>
    public IPAddress? NodeAddress { get; init; }

    /// <summary>Port of the node's own API (logs, exec).</summary>
    public int NodePort { get; init; } = 10250;

    /// <summary>Limits and timeouts of the API server.</summary>
    public ApiServerOptions Limits { get; init; } = new();

    /// <summary>Which admission plugins run.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>Features that are switched on or off (--feature-gates).</summary>
    public string FeatureGates { get; init; } = "";

    /// <summary>APIs that are switched on or off (--runtime-config).</summary>
    public string RuntimeConfig { get; init; } = "";

    /// <summary>How the API server knows who makes a request.</summary>
    public SecurityOptions Security { get; init; } = new();

    /// <summary>
    /// Requests for extension API servers go to an address behind their service, not to the service's own. By default where
    /// no node runs, and so no service proxy.
    /// </summary>
    public bool? AggregatorRouting { get; init; }

    /// <summary>The address of the API in the service range: the first.</summary>
    public IPAddress ApiServiceAddress => Nth(1);

    public IPAddress EffectiveClusterDns => ClusterDns ?? Nth(10);

    private IPAddress Nth(byte offset)
    {
        var bytes = ServiceRange.BaseAddress.GetAddressBytes();
        bytes[^1] += offset;
        return new IPAddress(bytes);
    }
}
