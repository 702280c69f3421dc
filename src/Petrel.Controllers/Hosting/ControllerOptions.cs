using Petrel.Api.Core;
using Petrel.Client.Queues;

namespace Petrel.Controllers.Hosting;

/// <summary>What the controllers need to know about the cluster. Defaults are upstream's, where it has one.</summary>
public sealed record ControllerOptions
{
    /// <summary>Pod addresses of the cluster (--cluster-cidr); each node gets a part of it.</summary>
    public string ClusterCidr { get; init; } = "10.244.0.0/16";

    /// <summary>Prefix length of a node's part (--node-cidr-mask-size-ipv4).</summary>
    public int NodeCidrMaskSize { get; init; } = 24;

    /// <summary>PEM certificates that workloads trust the API server by (--root-ca-file); null publishes none.</summary>
    public string? RootCertificateAuthorityPem { get; init; }

    /// <summary>Signs the token that a secret of type kubernetes.io/service-account-token gets; null fills in none.</summary>
    public Func<ServiceAccount, Secret, string>? TokenSigner { get; init; }

    /// <summary>A node that was silent for so long is unreachable (--node-monitor-grace-period).</summary>
    public TimeSpan NodeMonitorGracePeriod { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>A node that never reported may take so long until it does (--node-startup-grace-period).</summary>
    public TimeSpan NodeStartupGracePeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Nodes per second of a zone whose pods may be evicted (--node-eviction-rate).</summary>
    public double NodeEvictionRate { get; init; } = 0.1;

    /// <summary>The same in a large zone of which much is down (--secondary-node-eviction-rate).</summary>
    public double SecondaryNodeEvictionRate { get; init; } = 0.01;

    /// <summary>Share of a zone's nodes that makes it partly down when they are not ready (--unhealthy-zone-threshold).</summary>
    public double UnhealthyZoneThreshold { get; init; } = 0.55;

    /// <summary>A zone with more nodes is large (--large-cluster-size-threshold).</summary>
    public int LargeZoneSizeThreshold { get; init; } = 50;

    /// <summary>Finished pods that are kept (--terminated-pod-gc-threshold); 0 keeps all.</summary>
    public int TerminatedPodThreshold { get; init; } = 12500;

    /// <summary>Makes who hears what happens in the queue of a controller, by its name; null for nobody.</summary>
    public Func<string, IQueueObserver>? QueueObserver { get; init; }

    /// <summary>Objects each controller works on at the same time (--concurrent-deployment-syncs and the like).</summary>
    public int Workers { get; init; } = 5;
}
