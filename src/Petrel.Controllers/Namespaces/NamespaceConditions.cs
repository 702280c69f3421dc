using System.Globalization;
using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Controllers.Namespaces;

/// <summary>How far the deletion of a namespace's content has come, as conditions of its status.</summary>
internal static class NamespaceConditions
{
    /// <summary>All conditions in upstream's order; those that changed get the time.</summary>
    public static ApiList<NamespaceCondition> Update(ApiList<NamespaceCondition> present, NamespaceContent content, DateTimeOffset now)
    {
        NamespaceCondition[] wanted =
        [
            content.DiscoveryFailures.Count == 0
                ? Ok("NamespaceDeletionDiscoveryFailure", "ResourcesDiscovered", "All resources successfully discovered")
                : Problem("NamespaceDeletionDiscoveryFailure", "DiscoveryFailed", $"Discovery failed for some groups, {content.DiscoveryFailures.Count} failing: {string.Join(", ", content.DiscoveryFailures)}"),
            Ok("NamespaceDeletionGroupVersionParsingFailure", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
            content.DeletionFailures.Count == 0
                ? Ok("NamespaceDeletionContentFailure", "ContentDeleted", "All content successfully deleted, may be waiting on finalization")
                : Problem("NamespaceDeletionContentFailure", "ContentDeletionFailed", $"Failed to delete all resource types, {content.DeletionFailures.Count} remaining: {string.Join(", ", content.DeletionFailures)}"),
            content.Remaining.Count == 0
                ? Ok("NamespaceContentRemaining", "ContentRemoved", "All content successfully removed")
                : Problem("NamespaceContentRemaining", "SomeResourcesRemain", "Some resources are remaining: " + Print(content.Remaining, "{0} has {1} resource instances")),
            content.Finalizers.Count == 0
                ? Ok("NamespaceFinalizersRemaining", "ContentHasNoFinalizers", "All content-preserving finalizers finished")
                : Problem("NamespaceFinalizersRemaining", "SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: " + Print(content.Finalizers, "{0} in {1} resource instances")),
        ];
        foreach (var condition in wanted)
        {
            present = Set(present, condition with { LastTransitionTime = now });
        }

        return present;
    }

    private static ApiList<NamespaceCondition> Set(ApiList<NamespaceCondition> conditions, NamespaceCondition condition)
    {
        for (var i = 0; i < conditions.Count; i++)
        {
            var old = conditions[i];
            if (old.Type == condition.Type)
            {
                return old with { LastTransitionTime = condition.LastTransitionTime } == condition ? conditions : conditions.SetItem(i, condition);
            }
        }

        return conditions.Add(condition);
    }

    private static string Print(IReadOnlyDictionary<string, int> counts, string format) =>
        string.Join(", ", counts.OrderBy(static entry => entry.Key, StringComparer.Ordinal).Select(entry => string.Format(CultureInfo.InvariantCulture, format, entry.Key, entry.Value)));

    private static NamespaceCondition Ok(string type, string reason, string message) => new() { Type = type, Status = "False", Reason = reason, Message = message };

    private static NamespaceCondition Problem(string type, string reason, string message) => new() { Type = type, Status = "True", Reason = reason, Message = message };
}
