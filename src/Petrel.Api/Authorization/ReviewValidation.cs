using Petrel.Api.Meta;
using Petrel.Api.Validation;

namespace Petrel.Api.Authorization;

/// <summary>Rules that the access reviews share.</summary>
internal static class ReviewValidation
{
    /// <summary>A review is about a resource or about a path, never both.</summary>
    public static void ValidateAttributes(ResourceAttributes? resource, NonResourceAttributes? other, FieldPath path, FieldErrors errors)
    {
        if (resource is not null && other is not null)
        {
            errors.Invalid(path.Child("nonResourceAttributes"), GoText(other), "cannot be specified in combination with resourceAttributes");
        }
        else if (resource is null && other is null)
        {
            errors.Invalid(path.Child("resourceAttributes"), null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    /// <summary>A review is no object that is kept, so it has no metadata.</summary>
    public static void ValidateMetadata(ObjectMeta meta, string detail, FieldErrors errors)
    {
        if (meta with { ManagedFields = default } != ObjectMeta.Empty)
        {
            errors.Invalid(FieldPath.Root.Child("metadata"), GoText(meta), detail);
        }
    }

    public static Verbatim GoText(NonResourceAttributes attributes) =>
        new($"authorization.NonResourceAttributes{{Path:{GoSyntax.Quote(attributes.Path)}, Verb:{GoSyntax.Quote(attributes.Verb)}}}");

    private static Verbatim GoText(ObjectMeta meta) => new(
        $"v1.ObjectMeta{{Name:{GoSyntax.Quote(meta.Name)}, GenerateName:{GoSyntax.Quote(meta.GenerateName)}, Namespace:{GoSyntax.Quote(meta.Namespace)}, "
        + $"SelfLink:{GoSyntax.Quote(meta.SelfLink)}, UID:{GoSyntax.Quote(meta.Uid)}, ResourceVersion:{GoSyntax.Quote(meta.ResourceVersion)}, Generation:{meta.Generation}, "
        + $"Labels:{GoSyntax.Map(meta.Labels)}, Annotations:{GoSyntax.Map(meta.Annotations)}, Finalizers:{GoSyntax.Strings(meta.Finalizers)}}}");
}
