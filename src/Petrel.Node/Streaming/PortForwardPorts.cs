using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Petrel.Node.Streaming;

/// <summary>The ports in the query of an old-style WebSocket port-forward: <c>port=80&amp;port=8080,9090</c>.</summary>
internal static class PortForwardPorts
{
    /// <summary>More ports than this in one request are refused; each costs two channels of at most 256.</summary>
    private const int MaxPorts = 127;

    /// <summary>The ports, or the complaint, in the kubelet's words.</summary>
    public static (IReadOnlyList<int> Ports, string? Invalid) Parse(IQueryCollection query)
    {
        var ports = new List<int>();
        var values = query["port"];
        if (values.Count == 0)
        {
            return (ports, "query parameter \"port\" is required");
        }

        foreach (var value in values)
        {
            if (string.IsNullOrEmpty(value))
            {
                return (ports, "query parameter \"port\" cannot be empty");
            }

            foreach (var text in value.Split(','))
            {
                if (!ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
                {
                    return (ports, $"unable to parse \"{value}\" as a port: strconv.ParseUint: parsing \"{text}\": {Reason(text)}");
                }

                if (port == 0)
                {
                    return (ports, $"port \"{value}\" must be > 0");
                }

                ports.Add(port);
            }
        }

        return ports.Count > MaxPorts ? (ports, $"at most {MaxPorts} ports can be forwarded in one request") : (ports, null);
    }

    private static string Reason(string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit) ? "value out of range" : "invalid syntax";
}
