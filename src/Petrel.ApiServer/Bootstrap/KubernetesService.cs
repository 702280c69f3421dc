using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>
/// The service default/kubernetes and its endpoints, which lead to this server. It has no selector: what it leads to is
/// this step's to write, again whenever somebody takes it away (<see cref="KubernetesServiceKeeper"/>).
/// </summary>
public sealed class KubernetesService(KubernetesServiceOptions options) : IBootstrapStep
{
    public const string Namespace = "default";
    public const string Name = "kubernetes";

    private const string PortName = "https";

    public async Task RunAsync(IApi api, CancellationToken cancellationToken)
    {
        await api.EnsureAsync(Service(), Reconcile, cancellationToken);
        await new FixedEndpoints(Namespace, Name, options.Address, [(PortName, "TCP", options.Port)]).EnsureAsync(api, cancellationToken);
    }

    private Service Service() => new()
    {
        Metadata = new ObjectMeta
        {
            Namespace = Namespace,
            Name = Name,
            Labels = ApiMap.FromPairs(("component", "apiserver"), ("provider", "kubernetes")),
        },
        Spec = ServiceSpec.Empty with
        {
            Type = "ClusterIP",
            ClusterIP = options.ServiceAddress.ToString(),
            ClusterIPs = [options.ServiceAddress.ToString()],
            IpFamilies = [options.ServiceFamily],
            IpFamilyPolicy = "SingleStack",
            SessionAffinity = "None",
            Ports = [ServicePort()],
        },
    };

    private ServicePort ServicePort() => new()
    {
        Name = PortName,
        Protocol = "TCP",
        Port = KubernetesServiceOptions.ServicePort,
        TargetPort = options.Port,
    };

    // Users may add to the service what they like, but its port must lead here.
    private Service? Reconcile(Service stored)
    {
        var port = ServicePort();
        var right = stored.Spec.Ports is [{ } only] && (only.Name, only.Port, only.Protocol, only.TargetPort) == (port.Name, port.Port, port.Protocol, port.TargetPort);
        return right ? null : stored with { Spec = stored.Spec with { Ports = [port] } };
    }
}
