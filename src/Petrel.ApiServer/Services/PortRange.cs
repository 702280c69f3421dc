namespace Petrel.ApiServer.Services;

/// <summary>The node ports of the cluster (--service-node-port-range), one holder each whatever the protocol.</summary>
internal sealed class PortRange
{
    private const int PortMax = 65535;
    private const int StaticFraction = 32;
    private const int StaticMax = 128;

    private readonly int _first;
    private readonly int _last;

    /// <exception cref="FormatException">It is no range of ports.</exception>
    public PortRange(int first, int last)
    {
        if (first < 1 || last > PortMax || first > last)
        {
            throw new FormatException($"--service-node-port-range: {first}-{last} is no range of ports such as 30000-32767");
        }

        (_first, _last) = (first, last);
        var size = (ulong)(last - first + 1);
        Pool = new NumberPool(size, NumberPool.StaticBandOf(size, StaticFraction, StaticMax));
    }

    /// <summary>Number 0 is the first port.</summary>
    public NumberPool Pool { get; }

    /// <summary>What is wrong with a port that has no number.</summary>
    public string Refusal => $"provided port is not in the valid range. The range of valid ports is {_first}-{_last}";

    /// <summary>The number of a port; null when it is outside the range.</summary>
    public ulong? NumberOf(int port) => port < _first || port > _last ? null : (ulong)(port - _first);

    public int PortOf(ulong number) => _first + (int)number;
}
