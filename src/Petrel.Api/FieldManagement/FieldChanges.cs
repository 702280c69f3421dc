namespace Petrel.Api.FieldManagement;

/// <summary>The paths in which two versions of an object differ.</summary>
public sealed record FieldChanges(FieldSet Added, FieldSet Modified, FieldSet Removed)
{
    public static FieldChanges None { get; } = new(FieldSet.Empty, FieldSet.Empty, FieldSet.Empty);

    public bool IsSame => Added.IsEmpty && Modified.IsEmpty && Removed.IsEmpty;

    /// <summary>What whoever made the change comes to own.</summary>
    public FieldSet Set => Modified.Union(Added);

    /// <summary>Without the paths in and below the given ones, changes to which have no effect.</summary>
    public FieldChanges Except(FieldSet ignored) => ignored.IsEmpty
        ? this
        : new(Added.RecursiveDifference(ignored), Modified.RecursiveDifference(ignored), Removed.RecursiveDifference(ignored));
}
