using Petrel.Api.Resources;

namespace Petrel.Api.Coordination;

/// <summary>A candidate for a lease as a row.</summary>
internal static class LeaseCandidateTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("LeaseName", Description:
            "LeaseName is the name of the lease for which this candidate is contending. The limits on this field are the same as on Lease.name. Multiple lease "
            + "candidates may reference the same Lease.name. This field is immutable."),
        new("BinaryVersion", Description:
            "BinaryVersion is the binary version. It must be in a semver format without leading `v`. This field is required."),
        new("EmulationVersion", Description:
            "EmulationVersion is the emulation version. It must be in a semver format without leading `v`. EmulationVersion must be less than or equal to "
            + "BinaryVersion. This field is required when strategy is \"OldestEmulationVersion\""),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(LeaseCandidate candidate, DateTimeOffset now) =>
    [
        candidate.Metadata.Name,
        candidate.Spec.LeaseName,
        candidate.Spec.BinaryVersion,
        candidate.Spec.EmulationVersion,
        TableText.Age(candidate.Metadata.CreationTimestamp, now),
    ];
}
