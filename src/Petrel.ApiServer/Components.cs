using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Bootstrap;

namespace Petrel.ApiServer;

/// <summary>The identities of a cluster's own components, to which the bootstrap roles are bound.</summary>
public static class Components
{
    /// <summary>The API server itself, where it writes through its own API, and whoever does so for it.</summary>
    public static UserInfo ApiServer { get; } = new("system:apiserver") { Groups = [SystemIdentities.Masters] };

    public static UserInfo ControllerManager { get; } = new("system:kube-controller-manager");

    public static UserInfo Scheduler { get; } = new("system:kube-scheduler");

    public static UserInfo Proxy { get; } = new("system:kube-proxy");

    /// <summary>The agent of a node.</summary>
    public static UserInfo Node(string name) => new("system:node:" + name) { Groups = ["system:nodes"] };

    /// <summary>The cluster's DNS server.</summary>
    public static UserInfo Dns { get; } = ServiceAccount(ClusterDnsService.Namespace, ClusterDnsService.Account);

    /// <summary>
    /// A controller: a service account of its own in kube-system, as with upstream's --use-service-account-credentials. The
    /// empty name stands for the controller manager itself.
    /// </summary>
    public static UserInfo Controller(string account) => account.Length == 0 ? ControllerManager : ServiceAccount("kube-system", account);

    /// <summary>A component that works under a service account, as every controller does.</summary>
    public static UserInfo ServiceAccount(string @namespace, string name) =>
        new(SystemIdentities.ServiceAccountUser(@namespace, name)) { Groups = SystemIdentities.ServiceAccountGroups(@namespace) };
}
