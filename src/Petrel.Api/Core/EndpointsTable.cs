using System.Globalization;
using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>Endpoints as a row: the first addresses with their ports.</summary>
internal static class EndpointsTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Endpoints", Description:
            "The set of all endpoints is the union of all subsets. Addresses are placed into subsets according to the IPs they share. A single address with "
            + "multiple ports, some of which are ready and some of which are not (because they come from different containers) will result in the address being "
            + "displayed in different subsets for the different ports. No address will appear in both Addresses and NotReadyAddresses in the same subset. Sets of "
            + "addresses and ports that comprise a service."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(Endpoints endpoints, DateTimeOffset now) =>
    [
        endpoints.Metadata.Name,
        endpoints.Subsets.IsEmpty ? TableText.None : TableText.First(endpoints.Subsets.SelectMany(Addresses)),
        TableText.Age(endpoints.Metadata.CreationTimestamp, now),
    ];

    private static IEnumerable<string> Addresses(EndpointSubset subset) => subset.Ports.IsEmpty
        ? subset.Addresses.Select(static address => address.Ip)
        : subset.Ports.SelectMany(port => subset.Addresses.Select(address => string.Create(
            CultureInfo.InvariantCulture,
            $"{(address.Ip.Contains(':', StringComparison.Ordinal) ? $"[{address.Ip}]" : address.Ip)}:{port.Port}")));
}
