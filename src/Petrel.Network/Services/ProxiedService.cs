using System.Collections.Immutable;
using System.Net;

namespace Petrel.Network.Services;

/// <summary>What the proxy needs to know of a Service that has a virtual address (not headless, not ExternalName).</summary>
public sealed record ProxiedService(ServiceName Name)
{
    public ImmutableArray<IPAddress> ClusterAddresses { get; init; } = [];

    /// <summary>spec.externalIPs.</summary>
    public ImmutableArray<IPAddress> ExternalAddresses { get; init; } = [];

    /// <summary>status.loadBalancer.ingress[].ip with ipMode VIP: addresses whose packets arrive unchanged.</summary>
    public ImmutableArray<IPAddress> LoadBalancerAddresses { get; init; } = [];

    /// <summary>Who may use the load balancer addresses; empty means everyone.</summary>
    public ImmutableArray<IPNetwork> LoadBalancerSourceRanges { get; init; } = [];

    /// <summary>How long a client stays with its endpoint after its last new connection (sessionAffinity ClientIP), or null.</summary>
    public TimeSpan? ClientAffinity { get; init; }

    /// <summary>internalTrafficPolicy Local: cluster addresses lead to this node's endpoints only.</summary>
    public bool IsInternalTrafficLocal { get; init; }

    /// <summary>externalTrafficPolicy Local: external addresses and node ports keep the client's address and stay on the node.</summary>
    public bool IsExternalTrafficLocal { get; init; }

    public ImmutableArray<ProxiedPort> Ports { get; init; } = [];
}
