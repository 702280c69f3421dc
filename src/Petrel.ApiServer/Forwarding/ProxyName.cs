using System.Globalization;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Forwarding;

/// <summary>
/// The object's name in a proxy path: <c>NAME</c>, <c>NAME:PORT</c> or <c>SCHEME:NAME:PORT</c>, where the port may be empty
/// (kubernetes.io, "Access Services Running on Clusters").
/// </summary>
/// <param name="Scheme">"http" or "https".</param>
/// <param name="Port">Number or name; empty for the default.</param>
internal sealed record ProxyName(string Scheme, string Name, string Port)
{
    private const int PortMax = 65535;
    private const int PortNameLengthMax = 15;

    /// <param name="kind">pod, service or node, for the error.</param>
    /// <exception cref="StatusException">400 for what is no such name.</exception>
    public static ProxyName Parse(string text, string kind)
    {
        var parts = text.Split(':');
        var name = parts switch
        {
            [var only] => new ProxyName("http", only, ""),
            [var host, var port] => new ProxyName("http", host, port),
            [var scheme and ("" or "http" or "https"), var host, var port] => new ProxyName(scheme.Length == 0 ? "http" : scheme, host, port),
            _ => null,
        };
        return name is { Name.Length: > 0 } && IsPort(name.Port) ? name : throw new StatusException(Statuses.BadRequest($"invalid {kind} request \"{text}\""));
    }

    private static bool IsPort(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number is > 0 and <= PortMax;
        }

        return text.Length <= PortNameLengthMax && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
    }
}
