using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Addresses behind a service. EndpointSlice has taken its place.</summary>
[ApiType("io.k8s.api.core.v1.Endpoints")]
public sealed partial record Endpoints : ApiObject, IResource<Endpoints>, IHasDefaults, IPrintable, IValidated
{
    public static ResourceInfo Info { get; } = new("", "v1", "Endpoints", "endpoints")
    {
        Deprecation = new("v1.33", Replacement: "discovery.k8s.io/v1 EndpointSlice"),
        Columns = EndpointsTable.Columns,
        StorageKey = "services/endpoints",
        CreateOnUpdate = true,
        ShortNames = ["ep"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>Groups of addresses that have the same ports.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<EndpointSubset> Subsets { get; init; }

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Subsets = Subsets.ConvertAll(static subset => subset.WithDefaults()) };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => EndpointsTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        for (var i = 0; i < Subsets.Count; i++)
        {
            Subsets[i].Validate(FieldPath.Root.Child("subsets").Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.core.v1.EndpointAddress", MapType = "atomic")]
public sealed partial record EndpointAddress
{
    /// <summary>The address.</summary>
    [Field(1, Required = true, Always = true)]
    public string Ip { get; init; } = "";

    /// <summary>Host name that DNS gives to it.</summary>
    [Field(3)]
    public string Hostname { get; init; } = "";

    /// <summary>Node on which it is.</summary>
    [Field(4)]
    public string? NodeName { get; init; }

    /// <summary>What has the address, mostly a pod.</summary>
    [Field(2)]
    public ObjectReference? TargetRef { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.Address(path.Child("ip"), Ip);
        if (Hostname.Length != 0)
        {
            errors.DnsLabel(path.Child("hostname"), Hostname);
        }

        if (NodeName is not null)
        {
            errors.DnsSubdomain(path.Child("nodeName"), NodeName);
        }

        errors.InvalidAll(path.Child("ip"), Ip, AddressFormats.OutsideAddress(Ip));
    }
}

[ApiType("io.k8s.api.core.v1.EndpointPort", MapType = "atomic")]
public sealed partial record EndpointPort
{
    /// <summary>Name of the service's port; may be empty when there is only one.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>The port number.</summary>
    [Field(2, Required = true, Always = true)]
    public int Port { get; init; }

    /// <summary>Transport protocol; TCP when left out.</summary>
    [Field(3, Enum = ["SCTP", "TCP", "UDP"])]
    public string Protocol { get; init; } = "";

    /// <summary>What is spoken above the transport, e.g. kubernetes.io/h2c; a hint.</summary>
    [Field(4)]
    public string? AppProtocol { get; init; }

    internal void Validate(bool needsName, FieldPath path, FieldErrors errors)
    {
        if (needsName && Name.Length == 0)
        {
            errors.Required(path.Child("name"));
        }
        else if (Name.Length != 0)
        {
            errors.DnsLabel(path.Child("name"), Name);
        }

        errors.Port(path.Child("port"), Port);
        if (errors.NotEmpty(path.Child("protocol"), Protocol))
        {
            errors.OneOf(path.Child("protocol"), Protocol, "SCTP", "TCP", "UDP");
        }

        if (AppProtocol is not null)
        {
            errors.QualifiedName(path.Child("appProtocol"), AppProtocol);
        }
    }
}

[ApiType("io.k8s.api.core.v1.EndpointSubset")]
public sealed partial record EndpointSubset
{
    /// <summary>Addresses that may be sent traffic.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<EndpointAddress> Addresses { get; init; }

    /// <summary>Addresses whose pods are not ready.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<EndpointAddress> NotReadyAddresses { get; init; }

    /// <summary>Ports that each of the addresses has.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<EndpointPort> Ports { get; init; }

    internal EndpointSubset WithDefaults() =>
        this with { Ports = Ports.ConvertAll(static port => port.Protocol.Length == 0 ? port with { Protocol = "TCP" } : port) };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Addresses.IsEmpty && NotReadyAddresses.IsEmpty)
        {
            errors.Required(path, "must specify `addresses` or `notReadyAddresses`");
        }

        for (var i = 0; i < Addresses.Count; i++)
        {
            Addresses[i].Validate(path.Child("addresses").Index(i), errors);
        }

        for (var i = 0; i < NotReadyAddresses.Count; i++)
        {
            NotReadyAddresses[i].Validate(path.Child("notReadyAddresses").Index(i), errors);
        }

        for (var i = 0; i < Ports.Count; i++)
        {
            Ports[i].Validate(Ports.Count > 1, path.Child("ports").Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.core.v1.ObjectReference", MapType = "atomic")]
public sealed partial record ObjectReference
{
    /// <summary>Kind of the object.</summary>
    [Field(1)]
    public string Kind { get; init; } = "";

    /// <summary>Namespace of the object.</summary>
    [Field(2)]
    public string Namespace { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(3)]
    public string Name { get; init; } = "";

    /// <summary>Identity of the object.</summary>
    [Field(4)]
    public string Uid { get; init; } = "";

    /// <summary>Group and version of the kind.</summary>
    [Field(5)]
    public string ApiVersion { get; init; } = "";

    /// <summary>Revision of the object that is meant.</summary>
    [Field(6)]
    public string ResourceVersion { get; init; } = "";

    /// <summary>Part of the object that is meant, e.g. spec.containers{name}.</summary>
    [Field(7)]
    public string FieldPath { get; init; } = "";

    internal Verbatim GoText => new(
        $"core.ObjectReference{{Kind:{GoSyntax.Quote(Kind)}, Namespace:{GoSyntax.Quote(Namespace)}, Name:{GoSyntax.Quote(Name)}, UID:{GoSyntax.Quote(Uid)}, APIVersion:{GoSyntax.Quote(ApiVersion)}, ResourceVersion:{GoSyntax.Quote(ResourceVersion)}, FieldPath:{GoSyntax.Quote(FieldPath)}}}");
}
