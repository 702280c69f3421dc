using Petrel.Api.Core;

namespace Petrel.Node.Http;

/// <summary>A GET that a probe or hook makes (API field HTTPGetAction).</summary>
/// <param name="Headers">In order; a name may come more than once. An empty value of Accept or User-Agent leaves the header out.</param>
internal sealed record HttpGetRequest(Uri Address, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <exception cref="FormatException">There is no such port, or no such address can be.</exception>
    public static HttpGetRequest Of(HTTPGetAction action, Container container, string podAddress, string userAgent)
    {
        var host = action.Host.Length > 0 ? action.Host : podAddress;
        var authority = ContainerPorts.Join(host, ContainerPorts.Resolve(action.Port, container));
        var path = action.Path.StartsWith('/') ? action.Path : "/" + action.Path;
        var address = $"{(action.Scheme == "HTTPS" ? "https" : "http")}://{authority}{path}";
        var headers = action.HttpHeaders.Select(static header => (header.Name, header.Value)).ToList();
        AddUnlessThere(headers, "User-Agent", userAgent);
        AddUnlessThere(headers, "Accept", "*/*");
        return Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? new HttpGetRequest(uri, headers)
            : throw new FormatException($"parse \"{address}\": invalid URL");
    }

    /// <summary>The same over plain HTTP, without the credentials that were meant for an encrypted connection.</summary>
    public HttpGetRequest WithoutTls() => new(
        new UriBuilder(Address) { Scheme = "http" }.Uri,
        [.. Headers.Where(static header => !header.Name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))]);

    private static void AddUnlessThere(List<(string Name, string Value)> headers, string name, string value)
    {
        if (!headers.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add((name, value));
        }
    }
}
