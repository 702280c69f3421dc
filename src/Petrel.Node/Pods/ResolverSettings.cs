using Petrel.Api.Core;
using Petrel.Node.Agent;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>/etc/resolv.conf of a pod by its dnsPolicy and dnsConfig (resolv.conf(5)).</summary>
public static class ResolverSettings
{
    private const int MaxNameservers = 3;
    private const int MaxSearches = 32;

    /// <param name="nodeFile">Text of the node's own resolv.conf.</param>
    public static Cri.DNSConfig Of(Pod pod, NodeOptions options, string nodeFile)
    {
        var node = Parse(nodeFile);
        var settings = pod.Spec.DnsPolicy switch
        {
            "None" => new Cri.DNSConfig(),
            "ClusterFirst" when !pod.Spec.HostNetwork => Cluster(pod.Metadata.Namespace, options, node),
            "ClusterFirstWithHostNet" => Cluster(pod.Metadata.Namespace, options, node),
            _ => node,
        };
        return pod.Spec.DnsConfig is { } own ? Append(settings, own) : settings;
    }

    internal static Cri.DNSConfig Parse(string file)
    {
        var settings = new Cri.DNSConfig();
        foreach (var line in file.Split('\n'))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case ["nameserver", var address, ..]:
                    settings.Servers.Add(address);
                    break;
                case ["search", .. var searches]:
                    settings.Searches.Clear();
                    settings.Searches.AddRange(searches.Select(static search => search.Length > 1 ? search.TrimEnd('.') : search));
                    break;
                case ["options", .. var more]:
                    settings.Options.Clear();
                    settings.Options.AddRange(more);
                    break;
                default:
                    break;
            }
        }

        return settings;
    }

    private static Cri.DNSConfig Cluster(string @namespace, NodeOptions options, Cri.DNSConfig node)
    {
        string[] searches = [$"{@namespace}.svc.{options.ClusterDomain}", $"svc.{options.ClusterDomain}", options.ClusterDomain];
        return new()
        {
            Servers = { options.ClusterDns.Take(MaxNameservers) },
            Searches = { searches.Concat(node.Searches).Distinct().Take(MaxSearches) },
            Options = { "ndots:5" },
        };
    }

    private static Cri.DNSConfig Append(Cri.DNSConfig settings, PodDNSConfig own)
    {
        var changed = own.Options.Select(static option => option.Name).ToHashSet();
        return new()
        {
            Servers = { settings.Servers.Concat(own.Nameservers).Distinct().Take(MaxNameservers) },
            Searches = { settings.Searches.Concat(own.Searches).Distinct().Take(MaxSearches) },
            Options =
            {
                settings.Options.Where(option => !changed.Contains(option.Split(':')[0]))
                    .Concat(own.Options.Select(static option => string.IsNullOrEmpty(option.Value) ? option.Name : $"{option.Name}:{option.Value}")),
            },
        };
    }
}
