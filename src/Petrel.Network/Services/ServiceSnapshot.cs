using System.Collections.Immutable;

namespace Petrel.Network.Services;

/// <summary>All services at one moment. Immutable, so a proxy mode can render it while the next one is being made.</summary>
public sealed record ServiceSnapshot(ImmutableDictionary<ServiceName, ProxiedService> Services)
{
    public static ServiceSnapshot Empty { get; } = new(ImmutableDictionary<ServiceName, ProxiedService>.Empty);

    /// <summary>The snapshot with <paramref name="service"/> added or replaced.</summary>
    public ServiceSnapshot With(ProxiedService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        return new ServiceSnapshot(Services.SetItem(service.Name, service));
    }

    public ServiceSnapshot Without(ServiceName name) => new(Services.Remove(name));
}
