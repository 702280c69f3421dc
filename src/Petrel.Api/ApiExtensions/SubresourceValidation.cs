using Petrel.Api.Validation;

namespace Petrel.Api.ApiExtensions;

/// <summary>Rules for the subresources of versions.</summary>
internal static class SubresourceValidation
{
    public static void Validate(CustomResourceSubresources? subresources, FieldPath path, FieldErrors errors)
    {
        if (subresources?.Scale is not { } scale)
        {
            return;
        }

        ValidateReplicas(scale.SpecReplicasPath, ".spec", path.Child("scale.specReplicasPath"), errors);
        ValidateReplicas(scale.StatusReplicasPath, ".status", path.Child("scale.statusReplicasPath"), errors);
        if (scale.LabelSelectorPath is { Length: > 0 } selector && IsSimplePath(selector, path.Child("scale.labelSelectorPath"), errors) && !IsBelow(selector, ".spec") && !IsBelow(selector, ".status"))
        {
            errors.Invalid(path.Child("scale.labelSelectorPath"), selector, "should be a json path under either .spec or .status");
        }
    }

    /// <summary>Whether a JSON path is written with dots; notes it when not.</summary>
    public static bool IsSimplePath(string text, FieldPath path, FieldErrors errors)
    {
        if (text.StartsWith('.'))
        {
            return true;
        }

        errors.Invalid(path, text, "must be a simple json path starting with .");
        return false;
    }

    private static void ValidateReplicas(string text, string parent, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path, text) && IsSimplePath(text, path, errors) && !IsBelow(text, parent))
        {
            errors.Invalid(path, text, "should be a json path under " + parent);
        }
    }

    private static bool IsBelow(string text, string parent) => text.StartsWith(parent + ".", StringComparison.Ordinal);
}
