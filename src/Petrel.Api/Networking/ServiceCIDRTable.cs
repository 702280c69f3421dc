using Petrel.Api.Resources;

namespace Petrel.Api.Networking;

/// <summary>Service ranges as a row.</summary>
internal static class ServiceCIDRTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("CIDRs", Description:
            "CIDRs defines the IP blocks in CIDR notation (e.g. \"192.168.0.0/24\" or \"2001:db8::/64\") from which to assign service cluster IPs. Max of two "
            + "CIDRs is allowed, one of each IP family. This field is immutable."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(ServiceCIDR value, DateTimeOffset now) =>
        [value.Metadata.Name, string.Join(",", value.Spec.Cidrs), TableText.Age(value.Metadata.CreationTimestamp, now)];
}
