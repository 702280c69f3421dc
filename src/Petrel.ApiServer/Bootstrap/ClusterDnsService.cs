using System.Net;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>
/// The service kube-system/kube-dns, by which pods find the cluster's DNS server, its endpoints, and the service account
/// that the server reads the cluster as. Names and labels are those of upstream's CoreDNS add-on, which tools look for.
/// </summary>
/// <param name="serviceAddress">The address that pods have as their name server; upstream's is the tenth of the range.</param>
/// <param name="address">Where the server listens, UDP and TCP.</param>
public sealed class ClusterDnsService(IPAddress serviceAddress, IPEndPoint address) : IBootstrapStep
{
    public const string Namespace = "kube-system";
    public const string Name = "kube-dns";

    /// <summary>The service account, and the role that it has.</summary>
    public const string Account = "coredns";

    private const string Role = "system:coredns";
    private const int Port = 53;

    private static readonly ApiMap<string> ServiceLabels = ApiMap.FromPairs(
        ("k8s-app", Name), ("kubernetes.io/cluster-service", "true"), ("kubernetes.io/name", "CoreDNS"));

    public async Task RunAsync(IApi api, CancellationToken cancellationToken)
    {
        await api.EnsureAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = Namespace, Name = Account } }, cancellationToken);
        await api.EnsureAsync(ClusterRole(), cancellationToken);
        await api.EnsureAsync(Binding(), cancellationToken);
        await api.EnsureAsync(Service(), cancellationToken);
        await new FixedEndpoints(Namespace, Name, address.Address, [("dns", "UDP", address.Port), ("dns-tcp", "TCP", address.Port)]).EnsureAsync(api, cancellationToken);
    }

    private static ClusterRole ClusterRole() => new()
    {
        Metadata = new ObjectMeta { Name = Role },
        Rules =
        [
            PolicyText.Allow("list watch", "core", "endpoints services pods namespaces"),
            PolicyText.Allow("list watch", "discovery.k8s.io", "endpointslices"),
        ],
    };

    private static ClusterRoleBinding Binding() => new()
    {
        Metadata = new ObjectMeta { Name = Role },
        RoleRef = new RoleRef { ApiGroup = PolicyText.RbacGroup, Kind = "ClusterRole", Name = Role },
        Subjects = [new Subject { Kind = "ServiceAccount", Namespace = Namespace, Name = Account }],
    };

    private Service Service() => new()
    {
        Metadata = new ObjectMeta { Namespace = Namespace, Name = Name, Labels = ServiceLabels },
        Spec = ServiceSpec.Empty with
        {
            Type = "ClusterIP",
            ClusterIP = serviceAddress.ToString(),
            Ports =
            [
                new ServicePort { Name = "dns", Protocol = "UDP", Port = Port, TargetPort = address.Port },
                new ServicePort { Name = "dns-tcp", Protocol = "TCP", Port = Port, TargetPort = address.Port },
            ],
        },
    };
}
