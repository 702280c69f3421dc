using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

[ApiType("io.k8s.api.networking.v1.IngressStatus")]
public sealed partial record IngressStatus
{
    /// <summary>Where the load balancer listens.</summary>
    [Field(1, Always = true)]
    public IngressLoadBalancerStatus LoadBalancer { get; init; } = IngressLoadBalancerStatus.Empty;
}

[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerStatus")]
public sealed partial record IngressLoadBalancerStatus
{
    /// <summary>Addresses and names of the load balancer.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<IngressLoadBalancerIngress> Ingress { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < Ingress.Count; i++)
        {
            Ingress[i].Validate(path.Child("ingress").Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.networking.v1.IngressLoadBalancerIngress")]
public sealed partial record IngressLoadBalancerIngress
{
    /// <summary>Address of the load balancer.</summary>
    [Field(1)]
    public string Ip { get; init; } = "";

    /// <summary>Name of the load balancer.</summary>
    [Field(2)]
    public string Hostname { get; init; } = "";

    /// <summary>State of each port.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<IngressPortStatus> Ports { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Ip.Length != 0)
        {
            errors.Address(path.Child("ip"), Ip);
        }

        if (Hostname.Length != 0)
        {
            errors.DnsSubdomain(path.Child("hostname"), Hostname);
            if (AddressFormats.Parse(Hostname) is not null)
            {
                errors.Invalid(path.Child("hostname"), Hostname, "must be a DNS name, not an IP address");
            }
        }
    }
}

[ApiType("io.k8s.api.networking.v1.IngressPortStatus")]
public sealed partial record IngressPortStatus
{
    /// <summary>The port number.</summary>
    [Field(1, Required = true, Always = true)]
    public int Port { get; init; }

    /// <summary>Transport protocol of the port.</summary>
    [Field(2, Required = true, Always = true, Enum = ["SCTP", "TCP", "UDP"])]
    public string Protocol { get; init; } = "";

    /// <summary>Why the port does not work, as one word in CamelCase or a qualified name.</summary>
    [Field(3)]
    public string? Error { get; init; }
}
