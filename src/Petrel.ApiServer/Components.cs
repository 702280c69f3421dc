using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer;

/// <summary>The identities of a cluster's own components, to which the bootstrap roles are bound.</summary>
public static class Components
{
    public static UserInfo Administrator { get; } = new("kubernetes-admin") { Groups = ["system:masters"] };

    public static UserInfo ControllerManager { get; } = new("system:kube-controller-manager");

    public static UserInfo Scheduler { get; } = new("system:kube-scheduler");

    public static UserInfo Proxy { get; } = new("system:kube-proxy");

    /// <summary>The agent of a node.</summary>
    public static UserInfo Node(string name) => new("system:node:" + name) { Groups = ["system:nodes"] };
}
