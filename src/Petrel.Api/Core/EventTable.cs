using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>An event as a row, of either group: the older one has all that is shown.</summary>
internal static class EventTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("Last Seen", Description: "The time at which the most recent occurrence of this event was recorded."),
        new("Type", Description: "Type of this event (Normal, Warning), new types could be added in the future"),
        new("Reason", Description: "This should be a short, machine understandable string that gives the reason for the transition into the object's current status."),
        new("Object", Description: "The object that this event is about."),
        new("Subobject", Priority: 1, Description:
            "If referring to a piece of an object instead of an entire object, this string should contain a valid JSON/Go field access statement, such as "
            + "desiredState.manifest.containers[2]. For example, if the object reference is to a container within a pod, this would take on a value like: "
            + "\"spec.containers{name}\" (where \"name\" refers to the name of the container that triggered the event) or if no container name is specified "
            + "\"spec.containers[2]\" (container with index 2 in this pod). This syntax is chosen only to have some well-defined way of referencing a part of an "
            + "object."),
        new("Source", Priority: 1, Description: "The component reporting this event. Should be a short machine understandable string."),
        new("Message", Description: "A human-readable description of the status of this operation."),
        new("First Seen", Priority: 1, Description: "The time at which the event was first recorded. (Time of server receipt is in TypeMeta.)"),
        new("Count", Priority: 1, Description: "The number of times this event has occurred."),
        new("Name", Format: "name", Description: Column.ObjectName.Description, Priority: 1),
    ];

    public static IReadOnlyList<object?> Cells(Event value, DateTimeOffset now)
    {
        var first = TableText.Age(value.FirstTimestamp ?? value.EventTime, now);
        var last = value.Series is { } series ? TableText.Age(series.LastObservedTime, now)
            : value.LastTimestamp is null ? first : TableText.Age(value.LastTimestamp, now);
        var target = value.InvolvedObject;
        var kind = target.Kind.ToLowerInvariant();
        return
        [
            last,
            value.Type,
            value.Reason,
            target.Name.Length == 0 ? kind : $"{kind}/{target.Name}",
            target.FieldPath,
            Source(value),
            value.Message.Trim(),
            first,
            (long)(value.Series?.Count ?? Math.Max(value.Count, 1)),
            value.Metadata.Name,
        ];
    }

    private static string Source(Event value)
    {
        var component = value.Source.Component.Length == 0 ? value.ReportingComponent : value.Source.Component;
        var host = value.Source.Host.Length == 0 ? value.ReportingInstance : value.Source.Host;
        return host.Length == 0 ? component : $"{component}, {host}";
    }
}
