using System.Net;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Eviction;
using Petrel.Node.Logs;

namespace Petrel.Node.Agent;

/// <summary>What a node is called, where it keeps things and how it speaks to the cluster. Names after the colon are kubelet's.</summary>
public sealed record NodeOptions
{
    /// <summary>The Node object's name: <c>--hostname-override</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Addresses that others reach this node by, the primary family first: <c>--node-ip</c>.</summary>
    public required IReadOnlyList<IPAddress> Addresses { get; init; }

    /// <summary>Volumes, hosts files and termination messages of pods: <c>--root-dir</c>.</summary>
    public string RootDirectory { get; init; } = "/var/lib/kubelet";

    /// <summary>Container logs, where log collectors look for them: <c>podLogsDir</c>.</summary>
    public string LogDirectory { get; init; } = "/var/log/pods";

    /// <summary>Links to all logs, where log collectors look for them; empty for none.</summary>
    public string LogLinkDirectory { get; init; } = "/var/log/containers";

    /// <summary>Images pulled at the same time: <c>maxParallelImagePulls</c>.</summary>
    public int MaxParallelPulls { get; init; } = 5;

    /// <summary>Use of the images' file system, in percent, at which unused images are removed: <c>imageGCHighThresholdPercent</c>.</summary>
    public int ImageHighThresholdPercent { get; init; } = 85;

    /// <summary>Down to this use: <c>imageGCLowThresholdPercent</c>.</summary>
    public int ImageLowThresholdPercent { get; init; } = 80;

    /// <summary>Size and number of container logs: <c>containerLogMaxSize</c> and <c>containerLogMaxFiles</c>.</summary>
    public LogRotationOptions LogRotation { get; init; } = new();

    /// <summary>Pods that a node runs without the API: <c>--pod-manifest-path</c>. Refused when given.</summary>
    public string PodManifestPath { get; init; } = "";

    /// <summary>When the node evicts pods to save itself.</summary>
    public EvictionOptions Eviction { get; init; } = new();

    /// <summary>Port of the node's own API (logs, exec, stats).</summary>
    public int Port { get; init; } = 10250;

    /// <summary>Cgroup that holds all pods, absolute: <c>cgroupRoot</c>.</summary>
    public string CgroupRoot { get; init; } = "/kubepods";

    /// <summary>Name servers of pods with the policy ClusterFirst: <c>clusterDNS</c>.</summary>
    public IReadOnlyList<string> ClusterDns { get; init; } = ["10.96.0.10"];

    /// <summary><c>clusterDomain</c></summary>
    public string ClusterDomain { get; init; } = "cluster.local";

    /// <summary>The node's own resolver configuration: <c>resolvConf</c>.</summary>
    public string ResolverFile { get; init; } = "/etc/resolv.conf";

    /// <summary><c>maxPods</c></summary>
    public int MaxPods { get; init; } = 110;

    /// <summary>The version of Kubernetes whose behaviour this node has.</summary>
    public string Version { get; init; } = "v1.33.0";

    /// <summary>Labels to register with: <c>--node-labels</c>.</summary>
    public ApiMap<string> Labels { get; init; }

    /// <summary>Taints to register with: <c>registerWithTaints</c>.</summary>
    public ApiList<Taint> Taints { get; init; }

    /// <summary>Longest time without a status update: <c>nodeStatusReportFrequency</c>.</summary>
    public TimeSpan StatusPeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between looks for a change worth a status update: <c>nodeStatusUpdateFrequency</c>.</summary>
    public TimeSpan StatusCheckPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The same until the node is ready for the first time.</summary>
    public TimeSpan StartCheckPeriod { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long others trust the node after its last sign of life: <c>nodeLeaseDurationSeconds</c>; renewed four times as often.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(40);

    /// <exception cref="NodeOptionsException">They ask for what a node cannot do.</exception>
    public void Check()
    {
        if (PodManifestPath.Length > 0)
        {
            throw new NodeOptionsException($"--pod-manifest-path {PodManifestPath}: static pods are not supported; create the pods through the API");
        }

        if (Addresses.Count == 0)
        {
            throw new NodeOptionsException("--node-ip: a node needs an address");
        }

        if (ImageLowThresholdPercent > ImageHighThresholdPercent || ImageHighThresholdPercent > 100 || ImageLowThresholdPercent < 0)
        {
            throw new NodeOptionsException(
                $"imageGCLowThresholdPercent {ImageLowThresholdPercent} and imageGCHighThresholdPercent {ImageHighThresholdPercent}: must be from 0 to 100, the low one not above the high one");
        }

        if (MaxParallelPulls < 1)
        {
            throw new NodeOptionsException($"maxParallelImagePulls {MaxParallelPulls}: must be at least 1");
        }
    }

    /// <summary>Where a pod's files are.</summary>
    public string PodDirectory(string uid) => Path.Combine(RootDirectory, "pods", uid);
}
