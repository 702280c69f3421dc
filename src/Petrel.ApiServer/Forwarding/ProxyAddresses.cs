using System.Net;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Forwarding;

/// <summary>
/// Which addresses the proxy subresources go to. Whoever may write a pod's status or endpoints chooses the address, and
/// must not reach through the API server what only that can reach: itself and the link's metadata services.
/// </summary>
internal static class ProxyAddresses
{
    /// <exception cref="StatusException">400 for an address that is not allowed, or none.</exception>
    public static void Check(string address)
    {
        if (!IPAddress.TryParse(address, out var parsed) || IPAddress.IsLoopback(parsed) || IsOfTheLink(parsed))
        {
            throw new StatusException(Statuses.BadRequest("address not allowed"));
        }
    }

    private static bool IsOfTheLink(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return IPAddress.IsLoopback(address.MapToIPv4()) || IsOfTheLink(address.MapToIPv4());
        }

        return address.GetAddressBytes() switch
        {
            [169, 254, _, _] or [224, 0, 0, _] => true,
            [0xFF, var scope, .. { Length: > 2 }] => (scope & 0x0F) is 1 or 2,
            { Length: 16 } => address.IsIPv6LinkLocal,
            _ => false,
        };
    }
}
