using System.Globalization;
using System.Net;

namespace Petrel.Network.Services.Flows;

/// <summary>A connection-less flow that the kernel tracks: what the client addressed, and who answers it.</summary>
internal sealed record DatagramFlow(TransportProtocol Protocol, IPEndPoint Client, IPEndPoint Destination, IPEndPoint Answerer)
{
    /// <summary>
    /// Reads a line of conntrack(8): the protocol, then key=value fields, those of the original direction before those of
    /// the reply. Null for a line that has no ports.
    /// </summary>
    public static DatagramFlow? Parse(TransportProtocol protocol, string line)
    {
        ILookup<string, string> fields = line
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2)
            .ToLookup(field => field[0], field => field[1]);
        return fields["sport"].Count() != 2
            ? null
            : new DatagramFlow(protocol, At("src", "sport", 0), At("dst", "dport", 0), At("src", "sport", 1));

        IPEndPoint At(string address, string port, int direction) => new(
            IPAddress.Parse(fields[address].ElementAt(direction)),
            int.Parse(fields[port].ElementAt(direction), CultureInfo.InvariantCulture));
    }
}
