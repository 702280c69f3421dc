using System.Text;
using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>/etc/hosts of a pod's containers (hosts(5)): the pod itself and the aliases it asks for.</summary>
public static class HostsFile
{
    /// <param name="addresses">The pod's addresses, the primary first.</param>
    /// <param name="hostname">The pod's host name.</param>
    /// <param name="fullName">Host name with the domain that a subdomain gives; empty without one.</param>
    public static string OfPod(IReadOnlyList<string> addresses, string hostname, string fullName, ApiList<HostAlias> aliases)
    {
        var text = new StringBuilder(
            """
            # Kubernetes-managed hosts file.
            127.0.0.1	localhost
            ::1	localhost ip6-localhost ip6-loopback
            fe00::0	ip6-localnet
            fe00::0	ip6-mcastprefix
            fe00::1	ip6-allnodes
            fe00::2	ip6-allrouters

            """);
        foreach (var address in addresses)
        {
            text.Append(address).Append('\t').Append(fullName.Length == 0 ? hostname : $"{fullName}\t{hostname}").Append('\n');
        }

        return Append(text, aliases);
    }

    /// <summary>A pod in the node's network has the node's names too.</summary>
    public static string OfNode(string nodeFile, ApiList<HostAlias> aliases) =>
        Append(new StringBuilder("# Kubernetes-managed hosts file (host network).\n").Append(nodeFile), aliases);

    private static string Append(StringBuilder text, ApiList<HostAlias> aliases)
    {
        if (!aliases.IsEmpty)
        {
            text.Append("\n# Entries added by HostAliases.\n");
            foreach (var alias in aliases)
            {
                text.Append(alias.Ip).Append('\t').AppendJoin('\t', (IEnumerable<string>)alias.Hostnames).Append('\n');
            }
        }

        return text.ToString();
    }
}
