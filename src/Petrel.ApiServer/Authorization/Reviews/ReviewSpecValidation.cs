using Petrel.Api;
using Petrel.Api.Authorization;
using Petrel.Api.Meta;
using Petrel.Api.Validation;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authorization.Reviews;

/// <summary>The rules for what a review asks.</summary>
internal static class ReviewSpecValidation
{
    /// <summary>A review is nobody's object: it has no metadata. Upstream allows one for a namespace to name that.</summary>
    public static void CheckMetadata(ObjectMeta metadata, bool mayNameNamespace, FieldErrors errors)
    {
        var rest = metadata with { ManagedFields = default, Namespace = mayNameNamespace ? "" : metadata.Namespace };
        if (rest != ObjectMeta.Empty)
        {
            errors.Invalid(FieldPath.Root.Child("metadata"), AsGo(metadata), mayNameNamespace ? "must be empty except for namespace" : "must be empty");
        }
    }

    public static void Check(SubjectAccessReviewSpec spec, FieldPath path, FieldErrors errors)
    {
        CheckAttributes(spec.ResourceAttributes, spec.NonResourceAttributes, path, errors);
        if (spec.User.Length == 0 && spec.Groups.IsEmpty)
        {
            errors.Invalid(path.Child("user"), spec.User, "at least one of user or group must be specified");
        }

        CheckSelectors(spec.ResourceAttributes, path, errors);
    }

    public static void Check(SelfSubjectAccessReviewSpec spec, FieldPath path, FieldErrors errors)
    {
        CheckAttributes(spec.ResourceAttributes, spec.NonResourceAttributes, path, errors);
        CheckSelectors(spec.ResourceAttributes, path, errors);
    }

    /// <summary>A refusal in upstream's odd form, which names no kind.</summary>
    public static void ThrowIfAny(FieldErrors errors)
    {
        if (errors.Count > 0)
        {
            throw new StatusException(Statuses.Invalid("authorization.k8s.io", "", "", errors));
        }
    }

    /// <summary>Attributes of a path as upstream's Go struct prints, which it does in error texts.</summary>
    public static Verbatim AsGo(NonResourceAttributes attributes) =>
        new($"authorization.NonResourceAttributes{{Path:{FieldErrors.Quote(attributes.Path)}, Verb:{FieldErrors.Quote(attributes.Verb)}}}");

    // The members that a client can set; upstream prints the others too.
    private static Verbatim AsGo(ObjectMeta metadata) =>
        new($"v1.ObjectMeta{{Name:{FieldErrors.Quote(metadata.Name)}, GenerateName:{FieldErrors.Quote(metadata.GenerateName)}, Namespace:{FieldErrors.Quote(metadata.Namespace)}}}");

    private static void CheckAttributes(ResourceAttributes? resource, NonResourceAttributes? nonResource, FieldPath path, FieldErrors errors)
    {
        if (resource is not null && nonResource is not null)
        {
            errors.Invalid(path.Child("nonResourceAttributes"), AsGo(nonResource), "cannot be specified in combination with resourceAttributes");
        }
        else if (resource is null && nonResource is null)
        {
            errors.Invalid(path.Child("resourceAttributes"), null, "exactly one of nonResourceAttributes or resourceAttributes must be specified");
        }
    }

    private static void CheckSelectors(ResourceAttributes? attributes, FieldPath specPath, FieldErrors errors)
    {
        var path = specPath.Child("resourceAttributes");
        if (attributes?.FieldSelector is { } fields)
        {
            CheckSelector(fields.RawSelector, [.. fields.Requirements.Select(static term => (term.Key, term.Operator, term.Values))], path.Child("fieldSelector"), errors);
        }

        if (attributes?.LabelSelector is { } labels)
        {
            CheckSelector(labels.RawSelector, [.. labels.Requirements.Select(static term => (term.Key, term.Operator, term.Values))], path.Child("labelSelector"), errors);
        }
    }

    private static void CheckSelector(string raw, List<(string Key, string Operator, ApiList<string> Values)> terms, FieldPath path, FieldErrors errors)
    {
        if (raw.Length > 0 && terms.Count > 0)
        {
            errors.Invalid(path.Child("rawSelector"), raw, "may not specified at the same time as requirements");
        }
        else if (raw.Length == 0 && terms.Count == 0)
        {
            errors.Required(path.Child("requirements"), $"when {path} is specified, requirements or rawSelector is required");
        }

        for (var i = 0; i < terms.Count; i++)
        {
            CheckTerm(terms[i], path.Child("requirements").Index(i), errors);
        }
    }

    private static void CheckTerm((string Key, string Operator, ApiList<string> Values) term, FieldPath path, FieldErrors errors)
    {
        if (term.Operator is "In" or "NotIn" && term.Values.IsEmpty)
        {
            errors.Required(path.Child("values"), "must be specified when `operator` is 'In' or 'NotIn'");
        }
        else if (term.Operator is "Exists" or "DoesNotExist" && !term.Values.IsEmpty)
        {
            errors.Forbidden(path.Child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }

        if (term.Key.Length == 0)
        {
            errors.Required(path.Child("key"), "must be specified");
        }
    }
}
