using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Meta;
using Petrel.Controllers.Ownership;

namespace Petrel.Controllers.EndpointSlices;

/// <summary>What all slices of one owner have in common.</summary>
/// <param name="Metadata">Of new slices; the labels of slices that exist follow it.</param>
/// <param name="EndpointsMax">Endpoints per slice at most.</param>
/// <param name="NeverNone">There is always a slice, be it empty: so proxies can tell "no endpoints" from "not looked at yet".</param>
/// <param name="OwnsAnnotations">The annotations of slices that exist follow the metadata, too; else they are let alone.</param>
internal sealed record SliceTemplate(ObjectMeta Metadata, int EndpointsMax, bool NeverNone, bool OwnsAnnotations)
{
    /// <summary>Upstream's --max-endpoints-per-slice.</summary>
    private const int ServiceEndpointsMax = 100;

    /// <summary>Slices of a Service that selects pods.</summary>
    public static SliceTemplate For(Service service) => new(NewMetadata(service) with { Labels = SliceLabels.For(service) }, ServiceEndpointsMax, NeverNone: true, OwnsAnnotations: false);

    /// <summary>Metadata of slices that the owner controls.</summary>
    public static ObjectMeta NewMetadata(ApiObject owner) => new()
    {
        Namespace = owner.Metadata.Namespace,
        GenerateName = owner.Metadata.Name + "-",
        OwnerReferences = [OwnerReferences.ControlledBy(owner)],
    };

    public EndpointSlice Make(string addressType, ApiList<Api.Discovery.EndpointPort> ports, ApiList<Endpoint> endpoints) => new()
    {
        Metadata = Metadata,
        AddressType = addressType,
        Ports = ports,
        Endpoints = endpoints,
    };

    /// <summary>A slice that exists, with other endpoints.</summary>
    public EndpointSlice Renew(EndpointSlice slice, ApiList<Endpoint> endpoints) => slice with
    {
        Endpoints = endpoints,
        Metadata = slice.Metadata with { Labels = Metadata.Labels, Annotations = OwnsAnnotations ? Metadata.Annotations : slice.Metadata.Annotations },
    };
}
