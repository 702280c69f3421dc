using Petrel.Api.Resources;

namespace Petrel.Api.Registration;

/// <summary>An API service as a row.</summary>
internal static class APIServiceTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Service", Description: "The reference to the service that hosts this API endpoint."),
        new("Available", Description: "Whether this service is available."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(APIService service, DateTimeOffset now) =>
    [
        service.Metadata.Name,
        service.Spec.Service is { } reference ? $"{reference.Namespace}/{reference.Name}" : "Local",
        AvailabilityText(service.Status.Availability),
        TableText.Age(service.Metadata.CreationTimestamp, now),
    ];

    private static string AvailabilityText(APIServiceCondition? condition) => condition switch
    {
        null => "Unknown",
        { Status: "True" } or { Reason: "" } => condition.Status,
        _ => $"{condition.Status} ({condition.Reason})",
    };
}
