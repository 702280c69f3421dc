using Petrel.Api.Resources;

namespace Petrel.Api.FlowControl;

/// <summary>A flow schema as a row.</summary>
internal static class FlowSchemaTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("PriorityLevel", Description: "`name` is the name of the priority level configuration being referenced Required."),
        new("MatchingPrecedence", Description:
            "`matchingPrecedence` is used to choose among the FlowSchemas that match a given request. The chosen FlowSchema is among those with the numerically "
            + "lowest (which we take to be logically highest) MatchingPrecedence.  Each MatchingPrecedence value must be ranged in [1,10000]. Note that if the "
            + "precedence is not specified, it will be set to 1000 as default."),
        new("DistinguisherMethod", Description:
            "`distinguisherMethod` defines how to compute the flow distinguisher for requests that match this schema. `nil` specifies that the distinguisher is "
            + "disabled and thus will always be the empty string."),
        Column.Age,
        new("MissingPL", Description: "references a broken or non-existent PriorityLevelConfiguration"),
    ];

    public static IReadOnlyList<object?> Cells(FlowSchema schema, DateTimeOffset now) =>
    [
        schema.Metadata.Name,
        schema.Spec.PriorityLevelConfiguration.Name,
        (long)schema.Spec.MatchingPrecedence,
        schema.Spec.DistinguisherMethod?.Type ?? TableText.None,
        TableText.Age(schema.Metadata.CreationTimestamp, now),
        schema.Status.Conditions.FirstOrDefault(static condition => condition.Type == FlowSchemaCondition.Dangling)?.Status ?? "?",
    ];
}
