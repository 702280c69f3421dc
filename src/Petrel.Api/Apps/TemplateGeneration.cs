using System.Globalization;

namespace Petrel.Api.Apps;

/// <summary>
/// The number of a daemon set's template. Old versions of the API have it as a field; apps/v1 shows it as an annotation that only the
/// server counts.
/// </summary>
internal static class TemplateGeneration
{
    public const string Annotation = "deprecated.daemonset.template.generation";

    /// <summary>With the annotation, as every daemon set that the API shows.</summary>
    public static DaemonSet Complete(DaemonSet set) => set.Metadata.Annotations.ContainsKey(Annotation) ? set : With(set, 0);

    /// <summary>Of a new daemon set: at least 1.</summary>
    public static DaemonSet Start(DaemonSet set) => With(set, Math.Max(1, Of(set)));

    /// <summary>Of an update: what it was, or one more with a new template.</summary>
    public static DaemonSet Continue(DaemonSet set, DaemonSet old) => With(set, Of(old) + (set.Spec.Template == old.Spec.Template ? 0 : 1));

    private static long Of(DaemonSet set) =>
        long.TryParse(set.Metadata.Annotations.GetValueOrDefault(Annotation), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DaemonSet With(DaemonSet set, long number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return set.Metadata.Annotations.GetValueOrDefault(Annotation) == text
            ? set
            : set with { Metadata = set.Metadata with { Annotations = set.Metadata.Annotations.With(Annotation, text) } };
    }
}
