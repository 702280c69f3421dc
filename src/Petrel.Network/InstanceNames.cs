using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Petrel.Network;

/// <summary>
/// Names of kernel objects that belong to one node. Several nodes, or nodes of several clusters, can share a network
/// namespace as long as their instance names differ. Names too long for the kernel are cut and end in a hash.
/// </summary>
public static partial class InstanceNames
{
    /// <summary>The longest name of a network interface (IFNAMSIZ less its zero byte).</summary>
    public const int InterfaceLengthMax = 15;

    /// <summary>The instance that has the plain names: the only one on most machines.</summary>
    public const string Default = "petrel";

    private const int HashLength = 6;
    private const int TableLengthMax = 100;

    /// <summary>The bridge that the node's pods are on.</summary>
    public static string Bridge(string instance) =>
        instance == Default ? $"{Default}0" : Fit(Qualified(instance), InterfaceLengthMax);

    /// <summary>The nftables table of the service proxy.</summary>
    public static string Table(string instance) => Fit(Qualified(instance), TableLengthMax);

    /// <summary>The nftables table of the pod network.</summary>
    public static string PodTable(string instance) => $"{Table(instance)}-pods";

    /// <summary>The name of the CNI network, under which the address plugin keeps its leases.</summary>
    public static string PodNetwork(string instance) => Table(instance);

    private static string Qualified(string instance) =>
        Check(instance) == Default ? Default : $"{Default}-{instance}";

    private static string Fit(string name, int lengthMax)
    {
        if (name.Length <= lengthMax)
        {
            return name;
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return $"{name[..(lengthMax - HashLength - 1)]}-{hash}";
    }

    private static string Check(string instance) => Valid().IsMatch(instance)
        ? instance
        : throw new ArgumentException(
            $"\"{instance}\" cannot name a node's network objects: use lower case letters, digits and '-', starting with a letter");

    [GeneratedRegex("^[a-z][a-z0-9-]*$")]
    private static partial Regex Valid();
}
