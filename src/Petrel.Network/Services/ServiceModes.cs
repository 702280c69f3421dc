using System.Collections.Frozen;
using Petrel.Network.Services.Modes;

namespace Petrel.Network.Services;

/// <summary>The list of proxy modes, by the name that --proxy-mode takes.</summary>
public static class ServiceModes
{
    private static readonly FrozenDictionary<string, Func<ServiceProxyOptions, IServiceMode>> All =
        new Dictionary<string, Func<ServiceProxyOptions, IServiceMode>>
        {
            [Nftables.Name] = options => new Nftables(options),
        }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>The mode that the options name; empty means nftables.</summary>
    /// <exception cref="ArgumentException">There is no such mode; the message lists those there are.</exception>
    public static IServiceMode Create(ServiceProxyOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        string mode = options.Mode.Length == 0 ? Nftables.Name : options.Mode;
        return All.TryGetValue(mode, out Func<ServiceProxyOptions, IServiceMode>? create)
            ? create(options)
            : throw new ArgumentException($"proxy mode \"{mode}\" is not supported; supported modes: {string.Join(", ", Names)}");
    }
}
