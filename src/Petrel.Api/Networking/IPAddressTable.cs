using Petrel.Api.Resources;

namespace Petrel.Api.Networking;

/// <summary>An address as a row.</summary>
internal static class IPAddressTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("ParentRef", Description: "ParentRef references the resource that an IPAddress is attached to. An IPAddress must reference a parent object."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(IPAddress address, DateTimeOffset now) =>
        [address.Metadata.Name, Parent(address.Spec.ParentRef), TableText.Age(address.Metadata.CreationTimestamp, now)];

    private static string Parent(ParentReference? parent) => parent is null ? TableText.None
        : $"{new GroupResource(parent.Group, parent.Resource).ToString().ToLowerInvariant()}{(parent.Namespace.Length == 0 ? "" : "/" + parent.Namespace)}/{parent.Name}";
}
