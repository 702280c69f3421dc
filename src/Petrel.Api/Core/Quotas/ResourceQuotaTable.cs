using Petrel.Api.Resources;

namespace Petrel.Api.Core;

/// <summary>A resource quota as a row.</summary>
internal static class ResourceQuotaTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Request", Description: "Request represents a minimum amount of cpu/memory that a container may consume."),
        new("Limit", Description: "Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(ResourceQuota quota, DateTimeOffset now)
    {
        string Shown(bool limits) => string.Join(", ", quota.Status.Hard
            .Where(hard => hard.Key.StartsWith("limits.", StringComparison.Ordinal) == limits)
            .Select(hard => $"{hard.Key}: {quota.Status.Used.GetValueOrDefault(hard.Key)}/{hard.Value}"));
        return [quota.Metadata.Name, Shown(limits: false), Shown(limits: true), TableText.Age(quota.Metadata.CreationTimestamp, now)];
    }
}
