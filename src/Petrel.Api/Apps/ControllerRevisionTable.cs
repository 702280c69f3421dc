using Petrel.Api.Resources;

namespace Petrel.Api.Apps;

/// <summary>A controller revision as a row.</summary>
internal static class ControllerRevisionTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Controller", Description: "Controller of the object"),
        new("Revision", Description: "Revision indicates the revision of the state represented by Data."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(ControllerRevision revision, DateTimeOffset now) =>
        [revision.Metadata.Name, Controller(revision), revision.Revision, TableText.Age(revision.Metadata.CreationTimestamp, now)];

    private static string Controller(ControllerRevision revision)
    {
        if (revision.Metadata.OwnerReferences.FirstOrDefault(static owner => owner.Controller == true) is not { } owner)
        {
            return TableText.None;
        }

        var kind = GroupVersionKind.FromApiVersion(owner.ApiVersion, owner.Kind);
        return $"{new GroupResource(kind.Group, kind.Kind).ToString().ToLowerInvariant()}/{owner.Name}";
    }
}
