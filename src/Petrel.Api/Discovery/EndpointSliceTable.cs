using System.Globalization;
using Petrel.Api.Resources;

namespace Petrel.Api.Discovery;

/// <summary>An endpoint slice as a row.</summary>
internal static class EndpointSliceTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("AddressType", Description:
            "addressType specifies the type of address carried by this EndpointSlice. All addresses in this slice must be the same type. This field is immutable "
            + "after creation. The following address types are currently supported: * IPv4: Represents an IPv4 Address. * IPv6: Represents an IPv6 Address. * FQDN: "
            + "Represents a Fully Qualified Domain Name."),
        new("Ports", Description:
            "ports specifies the list of network ports exposed by each endpoint in this slice. Each port must have a unique name. When ports is empty, it indicates "
            + "that there are no defined ports. When a port is defined with a nil port value, it indicates \"all ports\". Each slice may include a maximum of 100 "
            + "ports."),
        new("Endpoints", Description: "endpoints is a list of unique endpoints in this slice. Each slice may include a maximum of 1000 endpoints."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(EndpointSlice slice, DateTimeOffset now) =>
    [
        slice.Metadata.Name,
        slice.AddressType,
        OrUnset(TableText.First(slice.Ports.Select(Port))),
        OrUnset(TableText.First(slice.Endpoints.SelectMany(static endpoint => endpoint.Addresses))),
        TableText.Age(slice.Metadata.CreationTimestamp, now),
    ];

    private static string Port(EndpointPort port) => port.Port?.ToString(CultureInfo.InvariantCulture) ?? port.Name ?? "*";

    private static string OrUnset(string text) => text.Length == 0 ? "<unset>" : text;
}
