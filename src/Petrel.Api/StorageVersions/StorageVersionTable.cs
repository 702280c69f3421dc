using Petrel.Api.Resources;

namespace Petrel.Api.StorageVersions;

/// <summary>The stored versions of a resource as a row.</summary>
internal static class StorageVersionTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("CommonEncodingVersion", Description:
            "If all API server instances agree on the same encoding storage version, then this field is set to that version. Otherwise this field is left empty. API "
            + "servers should finish updating its storageVersionStatus entry before serving write operations, so that this field will be in sync with the reality."),
        new("StorageVersions", Description: "The reported versions per API server instance."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(StorageVersion version, DateTimeOffset now) =>
    [
        version.Metadata.Name,
        version.Status.CommonEncodingVersion ?? "<unset>",
        TableText.First(version.Status.StorageVersions.Select(static server => $"{server.ApiServerID}={server.EncodingVersion}")),
        TableText.Age(version.Metadata.CreationTimestamp, now),
    ];
}
