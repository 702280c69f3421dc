using System.Globalization;
using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Http;

/// <summary>Ports as probes and hooks name them.</summary>
internal static class ContainerPorts
{
    /// <summary>The number, or that of the container's port with the name.</summary>
    /// <exception cref="FormatException">There is no such port, in upstream's words.</exception>
    public static int Resolve(IntOrString port, Container container)
    {
        if (port.IsString)
        {
            var named = container.Ports.FirstOrDefault(each => each.Name == port.Text);
            if (named is not null)
            {
                return named.Port;
            }

            // A name that no port has may still be a number in quotes.
            if (!int.TryParse(port.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                throw new FormatException($"strconv.Atoi: parsing \"{port.Text}\": invalid syntax");
            }

            return Checked(number);
        }

        return Checked(port.Number);
    }

    /// <summary><c>10.0.0.1:80</c>, <c>[fd00::1]:80</c></summary>
    public static string Join(string host, int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{port}");

    private static int Checked(int port) => port is > 0 and < 65536 ? port : throw new FormatException($"invalid port number: {port}");
}
