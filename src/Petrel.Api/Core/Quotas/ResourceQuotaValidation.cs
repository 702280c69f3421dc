using Petrel.Api.Features;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Rules of resource quotas: what can be counted, and which scopes go with it.</summary>
internal static class ResourceQuotaValidation
{
    private const string NeedsExists =
        "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
        + "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";

    private static readonly string[] ScopesWithoutValues = ["BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity"];
    private static readonly string[] PodScopes = ["Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity"];
    private const string AttributesClass = "VolumeAttributesClass";

    private static readonly string[] ClaimResources = ["persistentvolumeclaims", "requests.storage"];

    private static readonly string[] PodResources = ["pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];
    private static readonly (string One, string Other)[] Opposites = [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")];

    public static void Validate(ResourceQuotaSpec spec, FieldPath path, FieldErrors errors)
    {
        ValidateAmounts(spec.Hard, path.Child("hard"), errors);
        ValidateScopes(spec, path.Child("scopes"), errors);
        ValidateSelector(spec, path.Child("scopeSelector", "matchExpressions"), errors);
    }

    public static void ValidateAmounts(ApiMap<Quantity> amounts, FieldPath path, FieldErrors errors)
    {
        foreach (var (name, amount) in amounts)
        {
            ResourceNames.ValidateForQuota(name, path.Key(name), errors);
            ResourceNames.ValidateAmount(name, amount, path.Key(name), errors);
        }
    }

    /// <summary>The scopes as messages show them.</summary>
    public static Verbatim Scopes(ResourceQuotaSpec spec) => GoSyntax.Strings(spec.Scopes, "core.ResourceQuotaScope");

    private static void ValidateScopes(ResourceQuotaSpec spec, FieldPath path, FieldErrors errors)
    {
        foreach (var scope in spec.Scopes)
        {
            if (!IsStandard(scope))
            {
                errors.Invalid(path, Scopes(spec), "unsupported scope");
            }

            foreach (var _ in spec.Hard.Keys.Where(name => !IsValidFor(scope, name)))
            {
                errors.Invalid(path, Scopes(spec), "unsupported scope applied to resource");
            }
        }

        ValidateOpposites(spec, spec.Scopes, path, errors);
    }

    private static void ValidateSelector(ResourceQuotaSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.ScopeSelector is not { } selector)
        {
            return;
        }

        foreach (var requirement in selector.MatchExpressions)
        {
            if (!IsStandard(requirement.ScopeName))
            {
                errors.Invalid(path.Child("scopeName"), requirement.ScopeName, "unsupported scope");
            }

            foreach (var _ in spec.Hard.Keys.Where(name => !IsValidFor(requirement.ScopeName, name)))
            {
                errors.Invalid(path, Selector(selector), "unsupported scope applied to resource");
            }

            if (ScopesWithoutValues.Contains(requirement.ScopeName) && requirement.Operator != "Exists")
            {
                errors.Invalid(path.Child("operator"), requirement.Operator, NeedsExists);
            }

            ValidateValues(requirement, path, errors);
        }

        ValidateOpposites(spec, selector.MatchExpressions.Select(static requirement => requirement.ScopeName), path, errors);
    }

    private static void ValidateValues(ScopedResourceSelectorRequirement requirement, FieldPath path, FieldErrors errors)
    {
        switch (requirement.Operator)
        {
            case "In" or "NotIn":
                if (requirement.Values.IsEmpty)
                {
                    errors.Required(path.Child("values"), "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
                }

                break;
            case "Exists" or "DoesNotExist":
                if (!requirement.Values.IsEmpty)
                {
                    errors.Invalid(path.Child("values"), requirement.Values, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
                }

                break;
            default:
                errors.Invalid(path.Child("operator"), requirement.Operator, "not a valid selector operator");
                break;
        }
    }

    private static void ValidateOpposites(ResourceQuotaSpec spec, IEnumerable<string> scopes, FieldPath path, FieldErrors errors)
    {
        var given = scopes.ToHashSet(StringComparer.Ordinal);
        foreach (var (one, other) in Opposites)
        {
            if (given.Contains(one) && given.Contains(other))
            {
                errors.Invalid(path, Scopes(spec), "conflicting scopes");
            }
        }
    }

    private static bool IsStandard(string scope) =>
        scope == "BestEffort" || PodScopes.Contains(scope) || (scope == AttributesClass && FeatureGates.IsOn(KnownFeatures.VolumeAttributesClass));

    // What is no standard name (count/..., extended resources) goes with any scope.
    private static bool IsValidFor(string scope, string resource) => !ResourceNames.IsStandardForQuota(resource)
        || (scope == AttributesClass ? ClaimResources.Contains(resource) : PodScopes.Contains(scope) ? PodResources.Contains(resource) : scope != "BestEffort" || resource == "pods");

    private static Verbatim Selector(ScopeSelector selector) => new(
        $"core.ScopeSelector{{MatchExpressions:[]core.ScopedResourceSelectorRequirement{{{string.Join(", ", selector.MatchExpressions.Select(Requirement))}}}}}");

    private static string Requirement(ScopedResourceSelectorRequirement requirement) =>
        $"core.ScopedResourceSelectorRequirement{{ScopeName:{GoSyntax.Quote(requirement.ScopeName)}, Operator:{GoSyntax.Quote(requirement.Operator)}, Values:{GoSyntax.Strings(requirement.Values)}}}";
}
