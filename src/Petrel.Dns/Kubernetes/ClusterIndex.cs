using System.Collections.Immutable;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>
/// The zone's records, kept current one object at a time. Queries read the latest snapshot without locks; changes are made
/// one after the other. Setting an object again replaces it, removing an unknown one does nothing.
/// </summary>
public sealed class ClusterIndex
{
    private readonly Lock _changes = new();
    private readonly TimeProvider _time;
    private readonly DnsName _serviceParent;
    private readonly DnsName _podParent;
    private readonly uint _ttlSeconds;
    private readonly Dictionary<(string Namespace, string Slice), DnsName> _serviceOfSlice = [];
    private volatile ClusterSnapshot _current;

    /// <param name="zone">The cluster's domain.</param>
    /// <param name="ttlSeconds">The TTL of every record.</param>
    /// <param name="time">Gives the SOA serial.</param>
    public ClusterIndex(DnsName zone, uint ttlSeconds, TimeProvider time)
    {
        Zone = zone;
        _ttlSeconds = ttlSeconds;
        _time = time;
        _serviceParent = zone.Prepend("svc");
        _podParent = zone.Prepend("pod");
        _current = new ClusterSnapshot { Serial = Now() };
    }

    public DnsName Zone { get; }

    /// <summary>Whether <see cref="MarkSynced"/> was called.</summary>
    public bool IsSynced => _current.IsSynced;

    internal ClusterSnapshot Current => _current;

    internal uint TtlSeconds => _ttlSeconds;

    /// <summary>Says that everything that existed at the start is now known, so that denials can be trusted.</summary>
    public void MarkSynced() => Change(snapshot => snapshot with { IsSynced = true });

    public void SetNamespace(string name) => Change(snapshot => snapshot with
    {
        Namespaces = snapshot.Namespaces.Add(_serviceParent.Prepend(name)).Add(_podParent.Prepend(name)),
    });

    public void RemoveNamespace(string name) => Change(snapshot => snapshot with
    {
        Namespaces = snapshot.Namespaces.Remove(_serviceParent.Prepend(name)).Remove(_podParent.Prepend(name)),
    });

    public void SetService(ServiceRecord service) =>
        ChangeService(NameOf(service.Namespace, service.Name), before => new ServiceNode(before.Name, _ttlSeconds)
        {
            Service = service,
            Slices = before.Slices,
        });

    public void RemoveService(string serviceNamespace, string name) =>
        ChangeService(NameOf(serviceNamespace, name), before => new ServiceNode(before.Name, _ttlSeconds) { Slices = before.Slices });

    public void SetEndpointSlice(EndpointSliceRecord slice)
    {
        DnsName service = NameOf(slice.Namespace, slice.ServiceName);
        lock (_changes)
        {
            if (_serviceOfSlice.TryGetValue((slice.Namespace, slice.Name), out DnsName before) && before != service)
            {
                RemoveSlice(before, slice.Name);
            }

            _serviceOfSlice[(slice.Namespace, slice.Name)] = service;
            ChangeService(service, node => new ServiceNode(service, _ttlSeconds)
            {
                Service = node.Service,
                Slices = node.Slices.SetItem(slice.Name, slice),
            });
        }
    }

    public void RemoveEndpointSlice(string sliceNamespace, string name)
    {
        lock (_changes)
        {
            if (_serviceOfSlice.Remove((sliceNamespace, name), out DnsName service))
            {
                RemoveSlice(service, name);
            }
        }
    }

    private void RemoveSlice(DnsName service, string slice) =>
        ChangeService(service, node => new ServiceNode(service, _ttlSeconds) { Service = node.Service, Slices = node.Slices.Remove(slice) });

    private void ChangeService(DnsName name, Func<ServiceNode, ServiceNode> change) => Change(snapshot =>
        snapshot.With(change(snapshot.Services.GetValueOrDefault(name) ?? new ServiceNode(name, _ttlSeconds))));

    private void Change(Func<ClusterSnapshot, ClusterSnapshot> change)
    {
        lock (_changes)
        {
            _current = change(_current) with { Serial = Now() };
        }
    }

    private DnsName NameOf(string serviceNamespace, string name) => _serviceParent.Prepend(serviceNamespace).Prepend(name);

    private uint Now() => (uint)_time.GetUtcNow().ToUnixTimeSeconds();
}
