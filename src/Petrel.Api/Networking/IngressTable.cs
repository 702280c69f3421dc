using System.Globalization;
using Petrel.Api.Resources;

namespace Petrel.Api.Networking;

/// <summary>An ingress as a row.</summary>
internal static class IngressTable
{
    private const int HostsMax = 3;

    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Class", Description: "The name of the IngressClass resource that should be used for additional configuration"),
        new("Hosts", Description: "Hosts that incoming requests are matched against before the ingress rule"),
        new("Address", Description: "Address is a list containing ingress points for the load-balancer"),
        new("Ports", Description: "Ports of TLS configurations that open"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(Ingress ingress, DateTimeOffset now)
    {
        var addresses = ingress.Status.LoadBalancer.Ingress.Select(static entry => entry.Ip.Length != 0 ? entry.Ip : entry.Hostname)
            .Where(static address => address.Length != 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return
        [
            ingress.Metadata.Name,
            ingress.Spec.IngressClassName ?? TableText.None,
            Hosts(ingress.Spec.Rules),
            string.Join(",", addresses),
            ingress.Spec.Tls.IsEmpty ? "80" : "80, 443",
            TableText.Age(ingress.Metadata.CreationTimestamp, now),
        ];
    }

    // Rules without a host are not shown, but count among those left out.
    private static string Hosts(ApiList<IngressRule> rules)
    {
        var shown = new List<string>(HostsMax);
        foreach (var rule in rules)
        {
            if (shown.Count == HostsMax)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{string.Join(",", shown)} + {rules.Count - HostsMax} more...");
            }

            if (rule.Host.Length != 0)
            {
                shown.Add(rule.Host);
            }
        }

        return shown.Count == 0 ? "*" : string.Join(",", shown);
    }
}
