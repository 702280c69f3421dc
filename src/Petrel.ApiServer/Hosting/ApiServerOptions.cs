using Petrel.ApiServer.Admission;

namespace Petrel.ApiServer.Hosting;

/// <summary>Settings of the API server. Names follow kube-apiserver's flags where there is one.</summary>
public sealed record ApiServerOptions
{
    /// <summary>Port of the HTTPS listener (--secure-port); 0 picks a free one.</summary>
    public int SecurePort { get; init; } = 6443;

    /// <summary>Address of the listener (--bind-address).</summary>
    public string BindAddress { get; init; } = "0.0.0.0";

    /// <summary>Addresses of services (--service-cluster-ip-range): one range, or one of each IP family with a comma between them.</summary>
    public string ServiceClusterIpRange { get; init; } = "10.96.0.0/12";

    /// <summary>First and last node port (--service-node-port-range).</summary>
    public (int First, int Last) ServiceNodePortRange { get; init; } = (30000, 32767);

    /// <summary>Longest duration of a request that is no watch and no stream (--request-timeout).</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Which admission plugins are on, and their settings.</summary>
    public AdmissionOptions Admission { get; init; } = new();

    /// <summary>Kubernetes version that /version reports.</summary>
    public string KubernetesVersion { get; init; } = "v1.33.0";
}
