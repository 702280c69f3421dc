using System.Text;
using Petrel.Api.Json;

namespace Petrel.Api.FieldManagement;

/// <summary>
/// The annotation in which client-side kubectl apply keeps its last configuration. A server-side apply by kubectl takes over what it
/// names and keeps it up to date, so that people can change over, and back.
/// </summary>
internal static class LastApplied
{
    /// <summary>The manager for which the annotation is honoured.</summary>
    public const string Manager = "kubectl";

    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Annotations of one object may not be longer than this together.</summary>
    private const int AnnotationsBytesMax = 256 * 1024;

    /// <summary>The fields that the annotation names and that still have the value it gives them.</summary>
    public static FieldSet OwnedFields(JsonMap live, FieldStructure structure)
    {
        if (Find(live) is not { Length: > 0 } text || !JsonTree.TryParse(Encoding.UTF8.GetBytes(text), out var tree, out _) || tree is not JsonMap last)
        {
            return FieldSet.Empty;
        }

        var changes = FieldComparison.Compare(last, live, structure);
        return FieldExtraction.Extract(last, structure).Difference(changes.Set).Difference(changes.Removed);
    }

    /// <summary>The object with the annotation, if it has one, set to the applied configuration.</summary>
    public static JsonMap Refresh(JsonMap result, JsonMap applied)
    {
        if (Find(result) is null)
        {
            return result;
        }

        var metadata = result.FindMap("metadata")!;
        var annotations = metadata.FindMap("annotations")!;
        var refreshed = annotations.With(Annotation, Sorted(WithoutAnnotation(applied)).ToString() + "\n");
        var length = refreshed.Span.ToArray().Sum(static entry => Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount((entry.Value as JsonText)?.Value ?? string.Empty));
        return result.With("metadata", metadata.With("annotations", length > AnnotationsBytesMax ? annotations.Without(Annotation) : refreshed));
    }

    private static string? Find(JsonMap value) => value.FindMap("metadata")?.FindMap("annotations")?.FindText(Annotation);

    private static JsonMap WithoutAnnotation(JsonMap applied)
    {
        if (applied.FindMap("metadata") is not { } metadata)
        {
            return applied;
        }

        metadata = metadata.Without("managedFields");
        metadata = metadata.FindMap("annotations") is { } annotations ? metadata.With("annotations", annotations.Without(Annotation)) : metadata;
        return applied.With("metadata", metadata);
    }

    private static JsonTree Sorted(JsonTree tree)
    {
        switch (tree)
        {
            case JsonMap map:
                var builder = new JsonMapBuilder(map.Count);
                foreach (var (name, value) in map)
                {
                    builder.Set(name, Sorted(value));
                }

                return builder.ToSortedMap();
            case JsonList list:
                return JsonList.Create([.. list.Select(Sorted)]);
            default:
                return tree;
        }
    }
}
