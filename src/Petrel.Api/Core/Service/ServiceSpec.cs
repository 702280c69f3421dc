using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ServiceSpec")]
public sealed partial record ServiceSpec
{
    [Field(1, ListType = "map", MapKeys = "port,protocol", PatchStrategy = "merge", PatchMergeKey = "port")]
    public ApiList<ServicePort> Ports { get; init; }

    [Field(2, MapType = "atomic")]
    public ApiMap<string> Selector { get; init; }

    [Field(3)]
    public string ClusterIP { get; init; } = "";

    [Field(18, ListType = "atomic")]
    public ApiList<string> ClusterIPs { get; init; }

    [Field(4, Enum = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"])]
    public string Type { get; init; } = "";

    [Field(5, ListType = "atomic")]
    public ApiList<string> ExternalIPs { get; init; }

    [Field(7, Enum = ["ClientIP", "None"])]
    public string SessionAffinity { get; init; } = "";

    [Field(8)]
    public string LoadBalancerIP { get; init; } = "";

    [Field(9, ListType = "atomic")]
    public ApiList<string> LoadBalancerSourceRanges { get; init; }

    [Field(10)]
    public string ExternalName { get; init; } = "";

    [Field(11, Enum = ["Cluster", "Local"])]
    public string ExternalTrafficPolicy { get; init; } = "";

    [Field(12)]
    public int HealthCheckNodePort { get; init; }

    [Field(13)]
    public bool PublishNotReadyAddresses { get; init; }

    [Field(14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }

    [Field(19, Enum = ["", "IPv4", "IPv6"], ListType = "atomic")]
    public ApiList<string> IpFamilies { get; init; }

    [Field(17, Enum = ["PreferDualStack", "RequireDualStack", "SingleStack"])]
    public string? IpFamilyPolicy { get; init; }

    [Field(20)]
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    [Field(21)]
    public string? LoadBalancerClass { get; init; }

    [Field(22, Enum = ["Cluster", "Local"])]
    public string? InternalTrafficPolicy { get; init; }

    [Field(23)]
    public string? TrafficDistribution { get; init; }

    internal ServiceSpec WithDefaults()
    {
        var type = Type.Length == 0 ? "ClusterIP" : Type;
        var affinity = SessionAffinity.Length == 0 ? "None" : SessionAffinity;
        var isReachable = (this with { Type = type }).IsReachableFromOutside;
        return this with
        {
            Type = type,
            SessionAffinity = affinity,
            SessionAffinityConfig = affinity switch
            {
                "None" => null,
                "ClientIP" => (SessionAffinityConfig ?? SessionAffinityConfig.Empty).WithDefaults(),
                _ => SessionAffinityConfig,
            },
            Ports = Ports.ConvertAll(static port => port.WithDefaults()),
            ExternalTrafficPolicy = isReachable && ExternalTrafficPolicy.Length == 0 ? "Cluster" : ExternalTrafficPolicy,
            InternalTrafficPolicy = type is "NodePort" or "LoadBalancer" or "ClusterIP" ? InternalTrafficPolicy ?? "Cluster" : InternalTrafficPolicy,
            AllocateLoadBalancerNodePorts = type == "LoadBalancer" ? AllocateLoadBalancerNodePorts ?? true : AllocateLoadBalancerNodePorts,
        };
    }

    /// <summary>Every type but ExternalName has an address of its own, or None.</summary>
    public bool NeedsClusterIP => Type is "ClusterIP" or "NodePort" or "LoadBalancer";

    public bool NeedsNodePort => Type is "NodePort" or "LoadBalancer";

    /// <summary>The port on which load balancers ask a node whether it has endpoints of its own.</summary>
    public bool NeedsHealthCheckNodePort => Type == "LoadBalancer" && ExternalTrafficPolicy == "Local";

    /// <summary>The address is None: names resolve to the pods themselves.</summary>
    public bool IsHeadless => !ClusterIPs.IsEmpty && ClusterIPs[0] == "None";

    internal bool IsReachableFromOutside => Type is "NodePort" or "LoadBalancer" || (Type == "ClusterIP" && !ExternalIPs.IsEmpty);
}
