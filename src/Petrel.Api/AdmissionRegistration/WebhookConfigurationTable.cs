using Petrel.Api.Resources;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A configuration of webhooks as a row.</summary>
internal static class WebhookConfigurationTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Webhooks", "integer", Description: "Webhooks indicates the number of webhooks registered in this configuration"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(ApiObject configuration, int webhooks, DateTimeOffset now) =>
        [configuration.Metadata.Name, webhooks, TableText.Age(configuration.Metadata.CreationTimestamp, now)];
}
