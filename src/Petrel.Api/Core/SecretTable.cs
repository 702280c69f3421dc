using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A secret as a row: how many entries it has, never what they are.</summary>
internal static class SecretTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Type", Description: "Used to facilitate programmatic handling of secret data. More info: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types"),
        new("Data", Description:
            "Data contains the secret data. Each key must consist of alphanumeric characters, '-', '_' or '.'. The serialized form of the secret data is a base64 "
            + "encoded string, representing the arbitrary (possibly non-string) data value here. Described in https://tools.ietf.org/html/rfc4648#section-4"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(Secret secret, DateTimeOffset now) =>
        [secret.Metadata.Name, secret.Type, (long)secret.Data.Count, TableText.Age(secret.Metadata.CreationTimestamp, now)];
}
