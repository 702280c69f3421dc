using System.Collections.Immutable;
using System.Net;
using Petrel.Network.Services;

namespace Petrel.Network.Tests.Environment;

/// <summary>A set of services that changes at random, the same way for the same seed. Few names and addresses, so that they collide.</summary>
internal sealed class RandomServices(int seed)
{
    private static readonly string[] ExternalAddresses = ["192.168.50.101", "192.168.50.102"];

    private readonly Random _random = new(seed);

    public ServiceSnapshot Snapshot { get; private set; } = ServiceSnapshot.Empty;

    /// <summary>Adds, removes or replaces one to three services and names them.</summary>
    public ImmutableHashSet<ServiceName> Change()
    {
        HashSet<ServiceName> changed = [];
        for (int count = _random.Next(1, 4); count > 0; count--)
        {
            int number = _random.Next(12);
            var name = new ServiceName("default", $"service-{number}");
            changed.Add(name);
            Snapshot = _random.Next(5) == 0 ? Snapshot.Without(name) : Snapshot.With(Make(name, number));
        }

        return [.. changed];
    }

    private ProxiedService Make(ServiceName name, int number) => new(name)
    {
        ClusterAddresses = [IPAddress.Parse($"10.96.0.{number + 1}")],
        ExternalAddresses = Often() ? [] : [IPAddress.Parse(Any(ExternalAddresses))],
        LoadBalancerAddresses = Often() ? [] : [IPAddress.Parse(Any(ExternalAddresses))],
        LoadBalancerSourceRanges = Often() ? [] : [IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("192.168.50.0/24")],
        ClientAffinity = Often() ? null : TimeSpan.FromSeconds(_random.Next(1, 3)),
        IsInternalTrafficLocal = !Often(),
        IsExternalTrafficLocal = !Often(),
        Ports = [.. Enumerable.Range(0, _random.Next(1, 3)).Select(offset => MakePort(number, offset))],
    };

    private ProxiedPort MakePort(int number, int offset) =>
        new(Often() ? TransportProtocol.Tcp : TransportProtocol.Udp, 80 + offset)
        {
            Name = $"port-{offset}",
            NodePort = Often() ? null : 30000 + (number * 2) + offset,
            Endpoints = [.. Enumerable.Range(1, 5).Where(_ => !Often()).Select(MakeEndpoint)],
        };

    private ServiceEndpoint MakeEndpoint(int number) => new(IPAddress.Parse($"10.244.0.{number}"), 8080)
    {
        IsLocal = number % 2 == 0,
        IsReady = Often(),
        IsServing = Often(),
        IsTerminating = !Often(),
    };

    private bool Often() => _random.Next(3) > 0;

    private T Any<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
