using System.Collections.Immutable;

namespace Petrel.Dns.Kubernetes;

/// <summary>What DNS needs of an EndpointSlice.</summary>
/// <param name="Namespace">metadata.namespace.</param>
/// <param name="Name">metadata.name.</param>
/// <param name="ServiceName">The label kubernetes.io/service-name.</param>
/// <param name="Endpoints">
/// Only those whose condition ready is not false. For a service with publishNotReadyAddresses the EndpointSlice controller
/// sets that condition on every endpoint, so DNS need not know the field.
/// </param>
/// <param name="Ports">Empty when the slice lists none.</param>
public sealed record EndpointSliceRecord(
    string Namespace,
    string Name,
    string ServiceName,
    ImmutableArray<EndpointRecord> Endpoints,
    ImmutableArray<PortRecord> Ports);
