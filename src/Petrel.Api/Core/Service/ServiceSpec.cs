using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ServiceSpec")]
public sealed partial record ServiceSpec
{
    /// <summary>Ports of the service.</summary>
    [Field(1, ListType = "map", MapKeys = "port,protocol", PatchStrategy = "merge", PatchMergeKey = "port")]
    public ApiList<ServicePort> Ports { get; init; }

    /// <summary>Labels of the pods behind it; when empty somebody else maintains the endpoints.</summary>
    [Field(2, MapType = "atomic")]
    public ApiMap<string> Selector { get; init; }

    /// <summary>Address of the service; chosen by the server when left out, none for None (headless). Cannot be changed.</summary>
    [Field(3)]
    public string ClusterIP { get; init; } = "";

    /// <summary>Addresses of the service: at most one for IPv4 and one for IPv6, the first being clusterIP.</summary>
    [Field(18, ListType = "atomic")]
    public ApiList<string> ClusterIPs { get; init; }

    /// <summary>ClusterIP (when left out), NodePort, LoadBalancer or ExternalName.</summary>
    [Field(4, Enum = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"])]
    public string Type { get; init; } = "";

    /// <summary>Further addresses at which nodes take traffic for the service.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<string> ExternalIPs { get; init; }

    /// <summary>ClientIP sends a client always to the same pod; None (when left out) does not.</summary>
    [Field(7, Enum = ["ClientIP", "None"])]
    public string SessionAffinity { get; init; } = "";

    /// <summary>Address wished for the load balancer. Deprecated.</summary>
    [Field(8)]
    public string LoadBalancerIP { get; init; } = "";

    /// <summary>Clients that the load balancer lets through; all when empty.</summary>
    [Field(9, ListType = "atomic")]
    public ApiList<string> LoadBalancerSourceRanges { get; init; }

    /// <summary>Name that DNS answers with, for type ExternalName.</summary>
    [Field(10)]
    public string ExternalName { get; init; } = "";

    /// <summary>Traffic from outside goes to pods anywhere (Cluster) or on the node it came to, keeping the client's address (Local).</summary>
    [Field(11, Enum = ["Cluster", "Local"])]
    public string ExternalTrafficPolicy { get; init; } = "";

    /// <summary>Port at which nodes say whether they have pods of the service, for Local.</summary>
    [Field(12)]
    public int HealthCheckNodePort { get; init; }

    /// <summary>Pods count before they are ready.</summary>
    [Field(13)]
    public bool PublishNotReadyAddresses { get; init; }

    /// <summary>Settings of the session affinity.</summary>
    [Field(14)]
    public SessionAffinityConfig? SessionAffinityConfig { get; init; }

    /// <summary>IPv4, IPv6 or both, in the order of clusterIPs.</summary>
    [Field(19, Enum = ["", "IPv4", "IPv6"], ListType = "atomic")]
    public ApiList<string> IpFamilies { get; init; }

    /// <summary>SingleStack (when left out), PreferDualStack or RequireDualStack.</summary>
    [Field(17, Enum = ["PreferDualStack", "RequireDualStack", "SingleStack"])]
    public string? IpFamilyPolicy { get; init; }

    /// <summary>Whether a load balancer gets node ports; true when left out.</summary>
    [Field(20)]
    public bool? AllocateLoadBalancerNodePorts { get; init; }

    /// <summary>Which implementation makes the load balancer; the cluster's default when left out.</summary>
    [Field(21)]
    public string? LoadBalancerClass { get; init; }

    /// <summary>Traffic from pods goes to pods anywhere (Cluster) or on the same node (Local).</summary>
    [Field(22, Enum = ["Cluster", "Local"])]
    public string? InternalTrafficPolicy { get; init; }

    /// <summary>Preference among pods, e.g. PreferClose for the client's own zone.</summary>
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

    /// <summary>None is all there is for an address; with a second entry the addresses are wrong.</summary>
    internal bool IsOnlyHeadless => ClusterIPs is { Count: 1 } && ClusterIPs[0] == "None";

    internal bool IsReachableFromOutside => Type is "NodePort" or "LoadBalancer" || (Type == "ClusterIP" && !ExternalIPs.IsEmpty);
}
