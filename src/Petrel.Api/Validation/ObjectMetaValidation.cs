using System.Text;
using Petrel.Api.Meta;
using Petrel.Api.Resources;

namespace Petrel.Api.Validation;

/// <summary>
/// Rules for metadata. Built-in kinds go through the overloads with a <see cref="ResourceInfo"/>, which repeat checks where
/// upstream does: its generic update checks metadata as a create and as an update, then the kind checks it as an update again.
/// </summary>
public static class ObjectMetaValidation
{
    /// <summary>Keys and values of all annotations together.</summary>
    public const int AnnotationBytesMax = 256 * 1024;

    /// <summary>Metadata of an object of a built-in kind that is to be created.</summary>
    public static void ValidateCreate(ApiObject value, ResourceInfo info, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("metadata");
        ValidateCreate(value.Metadata, info.Namespaced, info.NameRule, path, errors);
        ValidateFinalizerNames(value.Metadata, info, path, errors);
    }

    /// <summary>Metadata of an object of a built-in kind that is to be updated, through the object or a subresource.</summary>
    public static void ValidateUpdate(ApiObject value, ApiObject old, ResourceInfo info, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("metadata");
        ValidateCreate(value.Metadata, info.Namespaced, NameRules.PathSegment, path, errors);
        ValidateUpdate(value.Metadata, old.Metadata, path, errors);
        ValidateUpdate(value.Metadata, old.Metadata, path, errors);
        ValidateFinalizerNames(value.Metadata, info, path, errors);
    }

    /// <summary>Metadata as it is, whoever it belongs to.</summary>
    public static void ValidateCreate(ObjectMeta meta, bool isNamespaced, NameRule nameRule, FieldPath path, FieldErrors errors)
    {
        ValidateNames(meta, nameRule, path, errors);
        if (!isNamespaced && meta.Namespace.Length != 0)
        {
            errors.Forbidden(path.Child("namespace"), "not allowed on this type");
        }
        else if (isNamespaced && meta.Namespace.Length == 0)
        {
            errors.Required(path.Child("namespace"), "");
        }
        else if (isNamespaced)
        {
            errors.InvalidAll(path.Child("namespace"), meta.Namespace, NameFormats.DnsLabel(meta.Namespace));
        }

        errors.NonNegative(path.Child("generation"), meta.Generation);
        LabelValidation.ValidateLabels(meta.Labels, path.Child("labels"), errors);
        ValidateAnnotations(meta.Annotations, path.Child("annotations"), errors);
        OwnerReference.ValidateAll(meta.OwnerReferences, path.Child("ownerReferences"), errors);
        ValidateFinalizers(meta.Finalizers, path.Child("finalizers"), errors);
        ManagedFieldsEntry.ValidateAll(meta.ManagedFields, path.Child("managedFields"), errors);
    }

    /// <summary>What an update may not change, and the parts that stay subject to rules.</summary>
    public static void ValidateUpdate(ObjectMeta meta, ObjectMeta old, FieldPath path, FieldErrors errors)
    {
        if (old.DeletionTimestamp is not null)
        {
            ValidateNoNewFinalizers(meta.Finalizers, old.Finalizers, path.Child("finalizers"), errors);
        }

        if (meta.ResourceVersion.Length == 0)
        {
            errors.Invalid(path.Child("resourceVersion"), meta.ResourceVersion, "must be specified for an update");
        }

        if (meta.Generation < old.Generation)
        {
            errors.Invalid(path.Child("generation"), meta.Generation, "must not be decremented");
        }

        errors.Immutable(path.Child("name"), meta.Name, old.Name);
        errors.Immutable(path.Child("namespace"), meta.Namespace, old.Namespace);
        errors.Immutable(path.Child("uid"), meta.Uid, old.Uid);
        errors.Immutable(path.Child("creationTimestamp"), meta.CreationTimestamp, old.CreationTimestamp);
        errors.Immutable(path.Child("deletionTimestamp"), meta.DeletionTimestamp, old.DeletionTimestamp);
        errors.Immutable(path.Child("deletionGracePeriodSeconds"), meta.DeletionGracePeriodSeconds, old.DeletionGracePeriodSeconds);
        LabelValidation.ValidateLabels(meta.Labels, path.Child("labels"), errors);
        ValidateAnnotations(meta.Annotations, path.Child("annotations"), errors);
        OwnerReference.ValidateAll(meta.OwnerReferences, path.Child("ownerReferences"), errors);
        ManagedFieldsEntry.ValidateAll(meta.ManagedFields, path.Child("managedFields"), errors);
    }

    /// <summary>Annotation keys are qualified names whose case does not matter; their size is limited in sum.</summary>
    public static void ValidateAnnotations(ApiMap<string> annotations, FieldPath path, FieldErrors errors)
    {
        long bytes = 0;
        foreach (var (key, value) in annotations)
        {
            errors.InvalidAll(path, key, NameFormats.QualifiedName(key.ToLowerInvariant()));
            bytes += Encoding.UTF8.GetByteCount(key) + Encoding.UTF8.GetByteCount(value);
        }

        if (bytes > AnnotationBytesMax)
        {
            errors.TooLong(path, AnnotationBytesMax);
        }
    }

    /// <summary>Finalizers of built-in kinds without a domain must be ones that Kubernetes knows.</summary>
    internal static void ValidateFinalizerName(string finalizer, FieldPath path, FieldErrors errors)
    {
        if (!finalizer.Contains('/', StringComparison.Ordinal) && finalizer is not ("kubernetes" or "orphan" or "foregroundDeletion"))
        {
            errors.Invalid(path, finalizer, "name is neither a standard finalizer name nor is it fully qualified");
        }
    }

    private static void ValidateFinalizerNames(ObjectMeta meta, ResourceInfo info, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < meta.Finalizers.Count && !info.AllowsAnyFinalizer; i++)
        {
            ValidateFinalizerName(meta.Finalizers[i], path.Child("finalizers").Index(i), errors);
        }
    }

    private static void ValidateNames(ObjectMeta meta, NameRule nameRule, FieldPath path, FieldErrors errors)
    {
        if (meta.GenerateName.Length != 0)
        {
            errors.InvalidAll(path.Child("generateName"), meta.GenerateName, nameRule(meta.GenerateName, true));
        }

        if (meta.Name.Length == 0)
        {
            errors.Required(path.Child("name"), "name or generateName is required");
        }
        else
        {
            errors.InvalidAll(path.Child("name"), meta.Name, nameRule(meta.Name, false));
        }
    }

    private static void ValidateFinalizers(ApiList<string> finalizers, FieldPath path, FieldErrors errors)
    {
        foreach (var finalizer in finalizers)
        {
            errors.InvalidAll(path, finalizer, NameFormats.QualifiedName(finalizer));
        }

        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            errors.Invalid(path, GoSyntax.Strings(finalizers), "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static void ValidateNoNewFinalizers(ApiList<string> finalizers, ApiList<string> old, FieldPath path, FieldErrors errors)
    {
        var added = finalizers.Except(old, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToApiList();
        if (!added.IsEmpty)
        {
            errors.Forbidden(path, $"no new finalizers can be added if the object is being deleted, found new finalizers {GoSyntax.Strings(added)}");
        }
    }
}
