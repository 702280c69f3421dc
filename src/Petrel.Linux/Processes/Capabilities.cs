using System.Globalization;

namespace Petrel.Linux.Processes;

/// <summary>What this process may do (capabilities(7)).</summary>
public static class Capabilities
{
    /// <summary>Lower an oom_score_adj, raise hard resource limits.</summary>
    public const int SystemResource = 24;

    /// <summary>Mounts, namespaces, cgroups.</summary>
    public const int SystemAdministration = 21;

    /// <summary>Whether a capability is in the effective set.</summary>
    public static bool Has(int capability)
    {
        const string Field = "CapEff:";
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, StringComparison.Ordinal));
        var effective = ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (effective & (1UL << capability)) != 0;
    }
}
