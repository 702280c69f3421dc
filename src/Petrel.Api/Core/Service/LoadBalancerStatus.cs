using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.LoadBalancerStatus")]
public sealed partial record LoadBalancerStatus
{
    /// <summary>Where the load balancer takes traffic.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<LoadBalancerIngress> Ingress { get; init; }

    internal LoadBalancerStatus WithDefaults() => this with
    {
        Ingress = Ingress.ConvertAll(static point => point.Ip.Length != 0 && point.IpMode is null ? point with { IpMode = "VIP" } : point),
    };

    internal void Validate(string serviceType, FieldPath path, FieldErrors errors)
    {
        if (serviceType != "LoadBalancer" && !Ingress.IsEmpty)
        {
            errors.Forbidden(path.Child("ingress"), "may only be used when `spec.type` is 'LoadBalancer'");
            return;
        }

        for (var i = 0; i < Ingress.Count; i++)
        {
            Ingress[i].Validate(path.Child("ingress").Index(i), errors);
        }
    }
}
