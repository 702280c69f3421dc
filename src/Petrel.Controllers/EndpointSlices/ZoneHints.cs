using Petrel.Api.Core;
using Petrel.Api.Discovery;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>Hints that keep traffic in its zone, for Services that ask for it (spec.trafficDistribution, KEP-4444).</summary>
internal static class ZoneHints
{
    public static Endpoint Apply(Service service, Endpoint endpoint)
    {
        var hinted = service.Spec.TrafficDistribution == "PreferClose" && endpoint.Conditions.Ready == true && !string.IsNullOrEmpty(endpoint.Zone);
        return endpoint with { Hints = hinted ? new EndpointHints { ForZones = [new ForZone { Name = endpoint.Zone! }] } : null };
    }
}
