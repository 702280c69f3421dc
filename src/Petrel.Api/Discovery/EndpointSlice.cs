using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Discovery;

/// <summary>A part of the addresses behind a service.</summary>
[ApiType("io.k8s.api.discovery.v1.EndpointSlice")]
public sealed partial record EndpointSlice : ApiObject, IResource<EndpointSlice>, IHasDefaults, IPrepared, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices")
    {
        Columns = EndpointSliceTable.Columns,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>IPv4, IPv6 or FQDN: what the addresses are. Cannot be changed.</summary>
    [Field(4, Required = true, Always = true, Enum = ["FQDN", "IPv4", "IPv6"])]
    public string AddressType { get; init; } = "";

    /// <summary>The endpoints; at most 1000.</summary>
    [Field(2, Required = true, Always = true, ListType = "atomic")]
    public ApiList<Endpoint> Endpoints { get; init; }

    /// <summary>Ports that each of the endpoints has.</summary>
    [Field(3, Always = true, ListType = "atomic")]
    public ApiList<EndpointPort> Ports { get; init; }

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with
    {
        Ports = Ports.ConvertAll(static port => port.WithDefaults()),
    };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => Prepare([]);

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => Prepare(((EndpointSlice)old).Endpoints);

    // Empty lists have an owner, but are stored as none.
    private EndpointSlice Prepare(ApiList<Endpoint> old) => this with
    {
        Endpoints = Endpoints.ConvertAll(endpoint => endpoint.WithoutDisabled(old)).NilIfEmpty,
        Ports = Ports.NilIfEmpty,
    };

    /// <summary>Labels count too: they say which service the slice belongs to.</summary>
    public bool SpecEquals(ApiObject other) => other is EndpointSlice slice
        && AddressType == slice.AddressType && Endpoints == slice.Endpoints && Ports == slice.Ports && Metadata.Labels == slice.Metadata.Labels;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => EndpointSliceTable.Cells(this, now);

    private const int EndpointsMax = 1000;

    private const int PortsMax = 20000;

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        if (errors.NotEmpty(FieldPath.Root.Child("addressType"), AddressType))
        {
            errors.OneOf(FieldPath.Root.Child("addressType"), AddressType, "FQDN", "IPv4", "IPv6");
        }

        var path = FieldPath.Root.Child("endpoints");
        if (Endpoints.Count > EndpointsMax)
        {
            errors.TooMany(path, Endpoints.Count, EndpointsMax);
        }

        for (var i = 0; i < Endpoints.Count && Endpoints.Count <= EndpointsMax; i++)
        {
            Endpoints[i].Validate(AddressType, path.Index(i), errors);
        }

        ValidatePorts(FieldPath.Root.Child("ports"), errors);
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        errors.Immutable(FieldPath.Root.Child("addressType"), AddressType, ((EndpointSlice)old).AddressType);
    }

    private void ValidatePorts(FieldPath path, FieldErrors errors)
    {
        if (Ports.Count > PortsMax)
        {
            errors.TooMany(path, Ports.Count, PortsMax);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Ports.Count; i++)
        {
            Ports[i].Validate(names, path.Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.discovery.v1.Endpoint")]
public sealed partial record Endpoint
{
    /// <summary>Addresses of the endpoint; the first is used.</summary>
    [Field(1, Required = true, Always = true, ListType = "set")]
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

    /// <summary>Topology of the old version v1beta1; for reading only.</summary>
    [Field(5)]
    public ApiMap<string> DeprecatedTopology { get; init; }

    /// <summary>Node on which it is.</summary>
    [Field(6)]
    public string? NodeName { get; init; }

    /// <summary>Zone in which it is.</summary>
    [Field(7)]
    public string? Zone { get; init; }

    /// <summary>For whom it is meant.</summary>
    [Field(8)]
    public EndpointHints? Hints { get; init; }

    /// <summary>Without topology labels, which v1 replaced by zone and node name, and without the hints of a feature that is off in v1.33.</summary>
    internal Endpoint WithoutDisabled(ApiList<Endpoint> old) => this with
    {
        DeprecatedTopology = old.Any(endpoint => !endpoint.DeprecatedTopology.IsEmpty && endpoint.DeprecatedTopology == DeprecatedTopology) ? DeprecatedTopology : default,
        Hints = Hints is null || FeatureGates.IsOn(KnownFeatures.PreferSameTrafficDistribution) || old.Any(static endpoint => endpoint.Hints?.ForNodes.IsEmpty == false) ? Hints : Hints with { ForNodes = default },
    };

    private const int AddressesMax = 100;

    private const int TopologyMax = 16;

    internal void Validate(string addressType, FieldPath path, FieldErrors errors)
    {
        if (Addresses.IsEmpty)
        {
            errors.Required(path.Child("addresses"), "must contain at least 1 address");
        }
        else if (Addresses.Count > AddressesMax)
        {
            errors.TooMany(path.Child("addresses"), Addresses.Count, AddressesMax);
        }

        for (var i = 0; i < Addresses.Count; i++)
        {
            ValidateAddress(Addresses[i], addressType, path.Child("addresses").Index(i), errors);
        }

        if (NodeName is not null)
        {
            errors.DnsSubdomain(path.Child("nodeName"), NodeName);
        }

        if (DeprecatedTopology.Count > TopologyMax)
        {
            errors.TooMany(path.Child("deprecatedTopology"), DeprecatedTopology.Count, TopologyMax);
        }

        LabelValidation.ValidateLabels(DeprecatedTopology, path.Child("deprecatedTopology"), errors);
        if (Hostname is not null)
        {
            errors.DnsLabel(path.Child("hostname"), Hostname);
        }

        Hints?.Validate(path.Child("hints"), errors);
    }

    private static void ValidateAddress(string address, string type, FieldPath path, FieldErrors errors)
    {
        if (type == "FQDN")
        {
            errors.InvalidAll(path, address, AddressFormats.DomainName(address));
            return;
        }

        if (type is not ("IPv4" or "IPv6"))
        {
            return;
        }

        if (AddressFormats.Parse(address) is null || AddressFormats.IsIPv6(address) != (type == "IPv6"))
        {
            errors.Invalid(path, address, $"must be a valid {type} address");
        }

        errors.InvalidAll(path, address, AddressFormats.OutsideAddress(address));
    }
}

[ApiType("io.k8s.api.discovery.v1.EndpointConditions")]
public sealed partial record EndpointConditions
{
    /// <summary>It may be sent new traffic; true when left out. Never for pods that are ending, unless the service says otherwise.</summary>
    [Field(1)]
    public bool? Ready { get; init; }

    /// <summary>It answers, even if it is ending; like ready when left out.</summary>
    [Field(2)]
    public bool? Serving { get; init; }

    /// <summary>It is ending.</summary>
    [Field(3)]
    public bool? Terminating { get; init; }
}

[ApiType("io.k8s.api.discovery.v1.EndpointHints")]
public sealed partial record EndpointHints
{
    /// <summary>Zones whose clients should use it.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<ForZone> ForZones { get; init; }

    /// <summary>Nodes whose clients should use it.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<ForNode> ForNodes { get; init; }

    private const int ZonesMax = 8;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (ForZones.Count > ZonesMax)
        {
            errors.TooMany(path.Child("forZones"), ForZones.Count, ZonesMax);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ForZones.Count; i++)
        {
            var namePath = path.Child("forZones").Index(i).Child("name");
            if (!names.Add(ForZones[i].Name))
            {
                errors.Duplicate(namePath, ForZones[i].Name);
            }

            errors.InvalidAll(namePath, ForZones[i].Name, NameFormats.LabelValue(ForZones[i].Name));
        }
    }
}

[ApiType("io.k8s.api.discovery.v1.EndpointPort", MapType = "atomic")]
public sealed partial record EndpointPort
{
    /// <summary>Name of the service's port.</summary>
    [Field(1)]
    public string? Name { get; init; }

    /// <summary>Transport protocol; TCP when left out.</summary>
    [Field(2, Enum = ["SCTP", "TCP", "UDP"])]
    public string? Protocol { get; init; }

    /// <summary>The port number; all ports when left out.</summary>
    [Field(3)]
    public int? Port { get; init; }

    /// <summary>What is spoken above the transport, e.g. kubernetes.io/h2c; a hint.</summary>
    [Field(4)]
    public string? AppProtocol { get; init; }

    internal EndpointPort WithDefaults() => this with { Name = Name ?? "", Protocol = Protocol ?? "TCP" };

    internal void Validate(HashSet<string> names, FieldPath path, FieldErrors errors)
    {
        if (Name is { Length: > 0 })
        {
            errors.DnsLabel(path.Child("name"), Name);
        }

        if (!names.Add(Name ?? ""))
        {
            errors.Duplicate(path.Child("name"), Name ?? "");
        }

        if (Protocol is null)
        {
            errors.Required(path.Child("protocol"));
        }
        else
        {
            errors.OneOf(path.Child("protocol"), Protocol, "SCTP", "TCP", "UDP");
        }

        if (AppProtocol is not null)
        {
            errors.QualifiedName(path.Child("appProtocol"), AppProtocol);
        }
    }
}

[ApiType("io.k8s.api.discovery.v1.ForNode")]
public sealed partial record ForNode
{
    /// <summary>Name of the node.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}

[ApiType("io.k8s.api.discovery.v1.ForZone")]
public sealed partial record ForZone
{
    /// <summary>Name of the zone.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";
}
