using System.Collections.Immutable;
using System.Net;

namespace Petrel.Network.Services;

/// <summary>One address behind a service port, as an EndpointSlice describes it (discovery/v1 Endpoint).</summary>
public sealed record ServiceEndpoint(IPAddress Address, int Port)
{
    /// <summary>It takes new connections.</summary>
    public bool IsReady { get; init; } = true;

    /// <summary>Its readiness probe passes, even while it terminates.</summary>
    public bool IsServing { get; init; } = true;

    public bool IsTerminating { get; init; }

    /// <summary>It is on this node: the only kind that policy Local uses.</summary>
    public bool IsLocal { get; init; }

    /// <summary>The zones that should use it (hints.forZones); empty means no hint.</summary>
    public ImmutableArray<string> ZoneHints { get; init; } = [];
}
