using Petrel.Api.Core;
using Petrel.Api.Resources;

namespace Petrel.Api.Quotas;

/// <summary>Services count as objects, and by the node ports and load balancers that they take.</summary>
public sealed class ServiceQuota : IQuotaEvaluator
{
    private static readonly string[] Names = ["count/services", "services", "services.loadbalancers", "services.nodeports"];

    public GroupResource Resource => Service.Info.GroupResource;

    public bool Counts(string name) => Names.Contains(name);

    public ApiMap<Quantity> UsageOf(ApiObject value, DateTimeOffset now)
    {
        var spec = ((Service)value).Spec;
        var nodePorts = spec.Type switch
        {
            "NodePort" => spec.Ports.Count,
            "LoadBalancer" when spec.AllocateLoadBalancerNodePorts == false => spec.Ports.Count(static port => port.NodePort != 0),
            "LoadBalancer" => spec.Ports.Count,
            _ => 0,
        };
        return ApiMap.FromPairs<Quantity>(
            ("count/services", new Quantity(1)),
            ("services", new Quantity(1)),
            ("services.loadbalancers", new Quantity(spec.Type == "LoadBalancer" ? 1 : 0)),
            ("services.nodeports", new Quantity(nodePorts)));
    }

    public bool IsInScope(ScopedResourceSelectorRequirement scope, ApiObject value) => false;

    public bool HandlesUpdate(ApiObject value, ApiObject old, string subresource) => subresource.Length == 0;

    public string? Missing(ApiObject value, IReadOnlyCollection<string> counted) => null;

    public bool FreesBy(ApiObject value, ApiObject old, DateTimeOffset now) => UsageOf(value, now) != UsageOf(old, now);
}
