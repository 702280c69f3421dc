using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>An endpoint slice as discovery.k8s.io/v1beta1 had it: with topology labels instead of a zone.</summary>
[ApiType("io.k8s.api.discovery.v1beta1.EndpointSlice")]
public sealed partial record EndpointSlice : ApiObject, IResource<EndpointSlice>
{
    public static ResourceInfo Info { get; } = new("discovery.k8s.io", "v1beta1", "EndpointSlice", "endpointslices");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What the addresses are: IPv4, IPv6 or FQDN.</summary>
    [Field(4, Always = true)]
    public string AddressType { get; init; } = "";

    /// <summary>The endpoints.</summary>
    [Field(2, Always = true)]
    public ApiList<Endpoint> Endpoints { get; init; }

    /// <summary>Ports of each endpoint.</summary>
    [Field(3, Always = true)]
    public ApiList<Discovery.EndpointPort> Ports { get; init; }
}

[ApiType("io.k8s.api.discovery.v1beta1.Endpoint")]
public sealed partial record Endpoint
{
    /// <summary>Addresses of the endpoint.</summary>
    [Field(1, Always = true)]
    public ApiList<string> Addresses { get; init; }

    /// <summary>Whether it may be sent traffic.</summary>
    [Field(2, Always = true)]
    public EndpointConditions Conditions { get; init; } = EndpointConditions.Empty;

    /// <summary>Host name that DNS gives to it.</summary>
    [Field(3)]
    public string? Hostname { get; init; }

    /// <summary>What the endpoint is, mostly a pod.</summary>
    [Field(4)]
    public ObjectReference? TargetRef { get; init; }

    /// <summary>Where it is, as labels of nodes say it.</summary>
    [Field(5)]
    public ApiMap<string> Topology { get; init; }

    /// <summary>Node on which it is.</summary>
    [Field(6)]
    public string? NodeName { get; init; }

    /// <summary>For whom it is meant.</summary>
    [Field(7)]
    public EndpointHints? Hints { get; init; }
}
