using Petrel.Api.Resources;

namespace Petrel.Api.Networking;

/// <summary>An ingress class as a row.</summary>
internal static class IngressClassTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Controller", Description: "Controller that is responsible for handling this class"),
        new("Parameters", Description: "A reference to a resource with additional parameters"),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(IngressClass value, DateTimeOffset now) =>
    [
        value.Metadata.Name,
        value.Spec.Controller,
        value.Spec.Parameters is { } parameters
            ? $"{parameters.Kind}{(parameters.ApiGroup is null ? "" : "." + parameters.ApiGroup)}/{parameters.Name}"
            : TableText.None,
        TableText.Age(value.Metadata.CreationTimestamp, now),
    ];
}
