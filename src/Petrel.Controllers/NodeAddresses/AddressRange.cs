using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Petrel.Controllers.NodeAddresses;

/// <summary>An IPv4 range cut into equal parts, one per node.</summary>
internal sealed class AddressRange
{
    private readonly uint _base;
    private readonly int _partLength;

    /// <exception cref="FormatException">The range is not IPv4 CIDR, or smaller than one part.</exception>
    public AddressRange(string cidr, int partLength)
    {
        var network = IPNetwork.Parse(cidr);
        if (network.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || network.PrefixLength > partLength || partLength > 32)
        {
            throw new FormatException($"the cluster range {cidr} cannot be cut into parts of /{partLength}");
        }

        _base = BinaryPrimitives.ReadUInt32BigEndian(network.BaseAddress.GetAddressBytes());
        _partLength = partLength;
        PartCount = 1L << (partLength - network.PrefixLength);
    }

    public long PartCount { get; }

    /// <summary>The first part that is not taken; null when all are.</summary>
    public string? FirstFree(IReadOnlySet<string> taken)
    {
        for (var i = 0L; i < PartCount; i++)
        {
            var part = Part(i);
            if (!taken.Contains(part))
            {
                return part;
            }
        }

        return null;
    }

    private string Part(long index)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _base + (uint)(index << (32 - _partLength)));
        return string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes)}/{_partLength}");
    }
}
