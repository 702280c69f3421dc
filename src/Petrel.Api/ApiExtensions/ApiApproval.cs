using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>
/// Groups of the Kubernetes project (*.k8s.io, *.kubernetes.io) are for kinds that the project approved: an annotation says
/// where, or that it did not (kubernetes/enhancements#1111).
/// </summary>
public static class ApiApproval
{
    public const string Annotation = "api-approved.kubernetes.io";

    private const string See = "see https://github.com/kubernetes/enhancements/pull/1111";

    public static bool IsProtected(string group) =>
        group is "k8s.io" or "kubernetes.io" || group.EndsWith(".k8s.io", StringComparison.Ordinal) || group.EndsWith(".kubernetes.io", StringComparison.Ordinal);

    /// <summary>What annotations say about approval.</summary>
    /// <returns>The state, and it in words that conditions and errors show.</returns>
    public static (ApiApprovalState State, string Reason) Of(ApiMap<string> annotations)
    {
        var text = annotations.GetValueOrDefault(Annotation) ?? "";
        return text switch
        {
            "" => (ApiApprovalState.Missing, $"protected groups must have approval annotation \"{Annotation}\", {See}"),
            _ when text.StartsWith("unapproved", StringComparison.Ordinal) => (ApiApprovalState.Bypassed, $"not approved: {GoSyntax.Quote(text)}"),
            _ when Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0 => (ApiApprovalState.Approved, $"approved in {text}"),
            _ => (ApiApprovalState.Invalid, $"protected groups must have approval annotation \"{Annotation}\" with either a URL or a reason starting with \"unapproved\", {See}"),
        };
    }

    /// <param name="old">The definition before an update: a state that stays is never an error.</param>
    internal static void Validate(CustomResourceDefinition definition, CustomResourceDefinition? old, FieldErrors errors)
    {
        var (state, reason) = Of(definition.Metadata.Annotations);
        if (!IsProtected(definition.Spec.Group) || (old is not null && Of(old.Metadata.Annotations).State == state))
        {
            return;
        }

        var path = FieldPath.Root.Child("metadata", "annotations").Key(Annotation);
        if (state == ApiApprovalState.Missing)
        {
            errors.Required(path, reason);
        }
        else if (state == ApiApprovalState.Invalid)
        {
            errors.Invalid(path, definition.Metadata.Annotations[Annotation], reason);
        }
    }
}
