using System.Net;

namespace Petrel.ApiServer.Forwarding;

/// <summary>
/// The proxy for requests that this server makes, as the environment names it: HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in capitals or not, read
/// as Go reads them. The standard library's knows no address ranges in NO_PROXY, which clusters need.
/// </summary>
public sealed class EnvironmentProxy : IWebProxy
{
    private readonly Uri? _https;
    private readonly Uri? _http;
    private readonly IReadOnlyList<string> _exceptions;

    /// <param name="variable">The value of a variable; null or empty for none.</param>
    public EnvironmentProxy(Func<string, string?> variable)
    {
        string Value(string name) => variable(name) is { Length: > 0 } value ? value : variable(name.ToLowerInvariant()) ?? "";
        (_https, _http) = (AddressOf(Value("HTTPS_PROXY")), AddressOf(Value("HTTP_PROXY")));
        _exceptions = [.. Value("NO_PROXY").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static text => text.ToLowerInvariant())];
    }

    /// <summary>What the environment of this process says.</summary>
    public static EnvironmentProxy Default { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>Part of a proxy's address.</summary>
    public ICredentials? Credentials { get; set; }

    /// <inheritdoc/>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Of(destination);

    /// <inheritdoc/>
    public bool IsBypassed(Uri host) => Of(host) is null || IsException(host.IdnHost.TrimEnd('.').ToLowerInvariant(), host.Port);

    private Uri? Of(Uri destination) => destination.Scheme is "https" or "wss" ? _https : _http;

    private static Uri? AddressOf(string text) =>
        text.Length == 0 ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "socks5" or "socks5h" ? address
        : Uri.TryCreate("http://" + text, UriKind.Absolute, out var bare) ? bare
        : null;

    private bool IsException(string host, int port)
    {
        var address = IPAddress.TryParse(host.Trim('[', ']'), out var parsed) ? parsed : null;
        if (host == "localhost" || (address is not null && IPAddress.IsLoopback(address)))
        {
            return true;
        }

        foreach (var exception in _exceptions)
        {
            if (exception == "*")
            {
                return true;
            }

            if (IPNetwork.TryParse(exception, out var range))
            {
                if (address is not null && range.Contains(address))
                {
                    return true;
                }

                continue;
            }

            var (name, onlyPort) = Split(exception);
            if ((onlyPort is null || onlyPort == port) && IsHost(host, address, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A name stands for itself and all below it; one that begins with a dot only for what is below it.</summary>
    private static bool IsHost(string host, IPAddress? address, string name)
    {
        if (address is not null || IPAddress.TryParse(name.Trim('[', ']'), out _))
        {
            return address is not null && IPAddress.TryParse(name.Trim('[', ']'), out var other) && address.Equals(other);
        }

        var below = name.StartsWith("*.", StringComparison.Ordinal) ? name[1..] : name.StartsWith('.') ? name : "." + name;
        return host.EndsWith(below, StringComparison.Ordinal) || (below.Length > name.Length && host == name);
    }

    private static (string Name, int? Port) Split(string exception)
    {
        // An IPv6 address has colons of its own, unless it stands in brackets.
        var colon = exception.LastIndexOf(':');
        var isPort = colon > 0 && (exception[colon - 1] == ']' || exception.IndexOf(':', StringComparison.Ordinal) == colon);
        return isPort && int.TryParse(exception.AsSpan(colon + 1), out var port) ? (exception[..colon], port) : (exception, null);
    }
}
