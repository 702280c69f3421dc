using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
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
        await api.EnsureAsync(Endpoints(), Reconcile, cancellationToken);
        await api.EnsureAsync(Slice(), Reconcile, cancellationToken);
    }

    private Service Service() => new()
    {
        Metadata = Meta(("component", "apiserver"), ("provider", "kubernetes")),
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

    // The mirroring controller would make a second slice of endpoints without this label.
    private Endpoints Endpoints() => new()
    {
        Metadata = Meta(("endpointslice.kubernetes.io/skip-mirror", "true")),
        Subsets =
        [
            new EndpointSubset
            {
                Addresses = [new EndpointAddress { Ip = options.Address.ToString() }],
                Ports = [new Api.Core.EndpointPort { Name = PortName, Port = options.Port, Protocol = "TCP" }],
            },
        ],
    };

    private EndpointSlice Slice() => new()
    {
        Metadata = Meta(("kubernetes.io/service-name", Name)),
        AddressType = options.Family,
        Endpoints = [new Endpoint { Addresses = [options.Address.ToString()], Conditions = new EndpointConditions { Ready = true } }],
        Ports = [new Api.Discovery.EndpointPort { Name = PortName, Port = options.Port, Protocol = "TCP" }],
    };

    // Users may add to the service what they like, but its port must lead here.
    private Service? Reconcile(Service stored)
    {
        var port = ServicePort();
        var right = stored.Spec.Ports is [{ } only] && (only.Name, only.Port, only.Protocol, only.TargetPort) == (port.Name, port.Port, port.Protocol, port.TargetPort);
        return right ? null : stored with { Spec = stored.Spec with { Ports = [port] } };
    }

    private Endpoints? Reconcile(Endpoints stored)
    {
        var wanted = Endpoints();
        var next = stored with { Metadata = WithLabels(stored.Metadata, wanted.Metadata), Subsets = wanted.Subsets };
        return next == stored ? null : next;
    }

    private EndpointSlice? Reconcile(EndpointSlice stored)
    {
        var wanted = Slice();
        var next = stored with { Metadata = WithLabels(stored.Metadata, wanted.Metadata), Endpoints = wanted.Endpoints, Ports = wanted.Ports };
        return next == stored ? null : next;
    }

    private static ObjectMeta WithLabels(ObjectMeta stored, ObjectMeta wanted) => stored with { Labels = stored.Labels.WithRange(wanted.Labels) };

    private static ObjectMeta Meta(params ReadOnlySpan<(string Key, string Value)> labels) =>
        new() { Namespace = Namespace, Name = Name, Labels = ApiMap.FromPairs(labels) };
}
