using System.Net;

namespace Petrel.Network.Services.Modes;

/// <summary>Spellings that rules of every family share.</summary>
internal static class NftablesWords
{
    public static string InRules(this TransportProtocol protocol) => protocol switch
    {
        TransportProtocol.Tcp => "tcp",
        TransportProtocol.Udp => "udp",
        TransportProtocol.Sctp => "sctp",
        _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, null),
    };

    /// <summary>Several networks as an anonymous set.</summary>
    public static string AsSet(this IEnumerable<IPNetwork> networks) => $"{{ {string.Join(", ", networks)} }}";
}
