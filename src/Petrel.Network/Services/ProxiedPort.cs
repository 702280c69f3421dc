using System.Collections.Immutable;

namespace Petrel.Network.Services;

/// <summary>One port of a service with the endpoints behind it (core/v1 ServicePort; target ports are already resolved).</summary>
public sealed record ProxiedPort(TransportProtocol Protocol, int Port)
{
    /// <summary>The port's name; empty for the only port of a service.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The port on every node's own addresses, or null for none.</summary>
    public int? NodePort { get; init; }

    public ImmutableArray<ServiceEndpoint> Endpoints { get; init; } = [];
}
