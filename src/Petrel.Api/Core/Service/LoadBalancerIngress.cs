using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.LoadBalancerIngress")]
public sealed partial record LoadBalancerIngress
{
    /// <summary>Address of the load balancer.</summary>
    [Field(1)]
    public string Ip { get; init; } = "";

    /// <summary>Name of the load balancer.</summary>
    [Field(2)]
    public string Hostname { get; init; } = "";

    /// <summary>Whether traffic still carries the load balancer's address when it arrives (VIP) or not (Proxy).</summary>
    [Field(3)]
    public string? IpMode { get; init; }

    /// <summary>State of each port.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<PortStatus> Ports { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Ip.Length != 0)
        {
            errors.Address(path.Child("ip"), Ip);
        }

        if (Ip.Length != 0 && IpMode is null)
        {
            errors.Required(path.Child("ipMode"), "must be specified when `ip` is set");
        }
        else if (Ip.Length == 0 && IpMode is not null)
        {
            errors.Forbidden(path.Child("ipMode"), "may not be specified when `ip` is not set");
        }

        if (IpMode is not null)
        {
            errors.OneOf(path.Child("ipMode"), IpMode, "Proxy", "VIP");
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
