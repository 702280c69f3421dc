using System.Net;
using Microsoft.AspNetCore.Http;

namespace Petrel.ApiServer.Audit;

/// <summary>Where a request comes from: what proxies say of it, then its own connection.</summary>
internal static class AuditSource
{
    /// <summary>Addresses kept; the rest of a hostile header is ignored.</summary>
    private const int AddressesMax = 32;

    public static IReadOnlyList<string> AddressesOf(HttpContext context)
    {
        var headers = context.Request.Headers;
        var addresses = headers["X-Forwarded-For"].SelectMany(static value => (value ?? "").Split(','))
            .Select(static text => IPAddress.TryParse(text.Trim(), out var address) ? Text(address) : "")
            .Where(static text => text.Length > 0)
            .Take(AddressesMax)
            .ToList();
        if (IPAddress.TryParse(headers["X-Real-Ip"].ToString(), out var real) && !addresses.Contains(Text(real)))
        {
            addresses.Add(Text(real));
        }

        // A component in this process has no connection: it is where the server is.
        var remote = Text(context.Connection.RemoteIpAddress ?? IPAddress.IPv6Loopback);
        if (addresses.Count == 0 || addresses[^1] != remote)
        {
            addresses.Add(remote);
        }

        return addresses;
    }

    private static string Text(IPAddress address) => (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
}
