using System.Net;
using System.Net.Sockets;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Meta;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>
/// What a service without a selector leads to: one address, which whoever serves there writes, as Endpoints and as an
/// EndpointSlice of the service's name.
/// </summary>
/// <param name="Ports">Name, protocol and number of each port at the address.</param>
internal sealed record FixedEndpoints(string Namespace, string Name, IPAddress Address, IReadOnlyList<(string Name, string Protocol, int Number)> Ports)
{
    private string Family => Address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    public async Task EnsureAsync(IApi api, CancellationToken cancellationToken)
    {
        await api.EnsureAsync(Endpoints(), Reconcile, cancellationToken);
        await api.EnsureAsync(Slice(), Reconcile, cancellationToken);
    }

    // The mirroring controller would make a second slice of endpoints without this label.
    private Endpoints Endpoints() => new()
    {
        Metadata = Meta(("endpointslice.kubernetes.io/skip-mirror", "true")),
        Subsets =
        [
            new EndpointSubset
            {
                Addresses = [new EndpointAddress { Ip = Address.ToString() }],
                Ports = Ports.Select(static port => new Api.Core.EndpointPort { Name = port.Name, Port = port.Number, Protocol = port.Protocol }).ToApiList(),
            },
        ],
    };

    private EndpointSlice Slice() => new()
    {
        Metadata = Meta(("kubernetes.io/service-name", Name)),
        AddressType = Family,
        Endpoints = [new Endpoint { Addresses = [Address.ToString()], Conditions = new EndpointConditions { Ready = true } }],
        Ports = Ports.Select(static port => new Api.Discovery.EndpointPort { Name = port.Name, Port = port.Number, Protocol = port.Protocol }).ToApiList(),
    };

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

    private ObjectMeta Meta(params ReadOnlySpan<(string Key, string Value)> labels) =>
        new() { Namespace = Namespace, Name = Name, Labels = ApiMap.FromPairs(labels) };
}
