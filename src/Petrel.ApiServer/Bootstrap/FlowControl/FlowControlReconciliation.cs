using System.Globalization;
using Petrel.Api;
using Petrel.Api.FlowControl;
using Petrel.Api.Meta;

namespace Petrel.ApiServer.Bootstrap.FlowControl;

/// <summary>
/// What becomes of stored flow schemas and priority levels that this server has an opinion of (kubernetes.io, "API Priority and
/// Fairness: Maintenance of the Mandatory and Suggested Configuration Objects"): mandatory ones are as they must be; of
/// the suggested ones the annotation says whether they are the server's or their administrator's.
/// </summary>
internal static class FlowControlReconciliation
{
    /// <summary>"true": the server keeps the spec; "false": it leaves it alone.</summary>
    public const string AutoUpdateAnnotation = "apf.kubernetes.io/autoupdate-spec";

    /// <summary>The object as it is made on a new server.</summary>
    public static T Marked<T>(T wanted) where T : ApiObject => (T)(wanted with { Metadata = Marked(wanted.Metadata, isKept: true) });

    /// <summary>The schema as it should be stored; null when it is so.</summary>
    public static FlowSchema? Reconcile(FlowSchema stored, FlowSchema wanted, bool isMandatory)
    {
        var isKept = isMandatory || IsKept(stored.Metadata);
        var next = stored with { Metadata = Marked(stored.Metadata, isKept), Spec = isKept ? wanted.Spec : stored.Spec };
        return next == stored ? null : next;
    }

    /// <summary>The level as it should be stored; null when it is so.</summary>
    public static PriorityLevelConfiguration? Reconcile(PriorityLevelConfiguration stored, PriorityLevelConfiguration wanted, bool isMandatory)
    {
        var isKept = isMandatory || IsKept(stored.Metadata);
        // How much the exempt level takes from the others is for its administrator to say.
        var spec = wanted.Spec with { Exempt = stored.Spec.Exempt ?? wanted.Spec.Exempt };
        var next = stored with { Metadata = Marked(stored.Metadata, isKept), Spec = isKept ? spec : stored.Spec };
        return next == stored ? null : next;
    }

    /// <summary>An earlier version of the server made it, and nobody has claimed it since.</summary>
    public static bool IsLeftOver(ObjectMeta metadata) => metadata.Annotations.GetValueOrDefault(AutoUpdateAnnotation) is { } text && IsTrue(text) == true;

    // Without the annotation, whoever changed the spec has made it his own.
    private static bool IsKept(ObjectMeta metadata) => IsTrue(metadata.Annotations.GetValueOrDefault(AutoUpdateAnnotation)) ?? metadata.Generation == 1;

    private static ObjectMeta Marked(ObjectMeta metadata, bool isKept)
    {
        var text = isKept ? "true" : "false";
        return metadata.Annotations.GetValueOrDefault(AutoUpdateAnnotation) == text
            ? metadata
            : metadata with { Annotations = metadata.Annotations.With(AutoUpdateAnnotation, text) };
    }

    // As Go reads a bool; null when it is none.
    private static bool? IsTrue(string? text) => text?.ToLower(CultureInfo.InvariantCulture) switch
    {
        "1" or "t" or "true" => true,
        "0" or "f" or "false" => false,
        _ => null,
    };
}
