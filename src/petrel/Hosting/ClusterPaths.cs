namespace Petrel.Program.Hosting;

/// <summary>
/// Where a cluster keeps its things on this machine. The cluster with the default name and folder has the places that
/// plugins and log collectors of Kubernetes expect; others keep everything in their own folder, so that they run side by side.
/// </summary>
internal sealed record ClusterPaths(string Name, string DataDirectory)
{
    public const string DefaultName = "petrel";
    public const string DefaultDataDirectory = "/var/lib/petrel";
    public const string DefaultKubeconfig = "/etc/petrel/admin.conf";

    private bool IsDefault => Name == DefaultName && DataDirectory == DefaultDataDirectory;

    public string Store => Below("store");

    public string Pki => Below("pki");

    /// <summary>Output of the server that <c>petrel up</c> started.</summary>
    public string ServerLog => Below("server.log");

    /// <summary>Who the server is that <c>petrel up</c> started.</summary>
    public string ServerIdentity => Below("server.process");

    /// <summary>Volumes and other files of pods; kubelet's --root-dir.</summary>
    public string PodRoot => IsDefault ? "/var/lib/kubelet" : Below("kubelet");

    public string PodLogs => IsDefault ? "/var/log/pods" : Below("logs");

    /// <summary>Links to the logs for log collectors, which look on one cluster of a machine; empty for none.</summary>
    public string PodLogLinks => IsDefault ? "/var/log/containers" : "";

    public string Containerd => Below("containerd");

    public string ContainerdLog => Below("containerd.log");

    /// <summary>One folder per registry, with its hosts.toml.</summary>
    public string Registries => Below("registries");

    /// <summary>Short, because it holds a socket; cleared by a reboot.</summary>
    public string Runtime => $"/run/{(Name == DefaultName ? DefaultName : $"{DefaultName}-{Name}")}";

    public string NetworkConfiguration => IsDefault ? "/etc/cni/net.d" : Below("cni");

    /// <summary>Which pod addresses are taken.</summary>
    public string NetworkAddresses => Below("addresses");

    public string Kubeconfig => IsDefault ? DefaultKubeconfig : Below("admin.conf");

    /// <summary>Cgroup that holds all pods.</summary>
    public string CgroupRoot => Name == DefaultName ? "/kubepods" : $"/kubepods-{Name}";

    private string Below(string name) => Path.Combine(DataDirectory, name);
}
