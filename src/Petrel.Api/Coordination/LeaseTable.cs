using Petrel.Api.Resources;

namespace Petrel.Api.Coordination;

/// <summary>A lease as a row.</summary>
internal static class LeaseTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Holder", Description:
            "holderIdentity contains the identity of the holder of a current lease. If Coordinated Leader Election is used, the holder identity must be equal to "
            + "the elected LeaseCandidate.metadata.name field."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(Lease lease, DateTimeOffset now) =>
        [lease.Metadata.Name, lease.Spec.HolderIdentity ?? "", TableText.Age(lease.Metadata.CreationTimestamp, now)];
}
