using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>One port at one address: an SRV record and the address record of its target.</summary>
/// <param name="Port">Null when the service declares no ports: such a target counts for weights, but has no SRV record.</param>
/// <param name="Address">The A or AAAA record of the target, whose owner is the target's name.</param>
internal readonly record struct ServiceTarget(PortRecord? Port, ResourceRecord Address);
