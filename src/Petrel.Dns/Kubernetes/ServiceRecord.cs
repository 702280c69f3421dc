using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>What DNS needs of a Service.</summary>
/// <param name="Namespace">metadata.namespace.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="ClusterAddresses">spec.clusterIPs; empty for a headless service (clusterIP "None") and for an alias.</param>
/// <param name="IsHeadless">The service's name stands for its endpoints.</param>
/// <param name="Alias">spec.externalName of a service of type ExternalName; null otherwise.</param>
/// <param name="Ports">spec.ports.</param>
public sealed record ServiceRecord(
    string Namespace,
    string Name,
    ImmutableArray<IPAddress> ClusterAddresses,
    bool IsHeadless,
    DnsName? Alias,
    ImmutableArray<PortRecord> Ports);
