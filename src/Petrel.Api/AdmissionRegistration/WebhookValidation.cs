using Petrel.Api.Meta;
using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>Rules for the webhooks of a configuration.</summary>
internal static class WebhookValidation
{
    private const int TimeoutSecondsMax = 30;

    private static readonly string[] FailurePolicies = ["Fail", "Ignore"];
    private static readonly string[] MatchPolicies = ["Equivalent", "Exact"];
    private static readonly string[] ReinvocationPolicies = ["IfNeeded", "Never"];
    private static readonly string[] SideEffectClasses = ["None", "NoneOnDryRun", "Some", "Unknown"];
    private static readonly string[] HarmlessSideEffectClasses = ["None", "NoneOnDryRun"];
    private static readonly string[] ReviewVersions = ["v1", "v1beta1"];

    /// <summary>What newer rules forbid, but the object already does.</summary>
    internal readonly record struct Allowances(bool MatchConditions, bool SideEffects, bool UnknownReviewVersions, bool SameNames, bool InvalidSelectorValues);

    /// <summary>An update may keep what the object has, even when it could not be created that way.</summary>
    public static Allowances AllowedBy<T>(ApiList<T> old, ApiList<T> webhooks) where T : IAdmissionWebhook => new(
        MatchConditions: old.Count == webhooks.Count && old.Zip(webhooks).All(static pair => pair.First.MatchConditions == pair.Second.MatchConditions),
        SideEffects: old.Any(static webhook => webhook.SideEffects is null || !HarmlessSideEffectClasses.Contains(webhook.SideEffects)),
        UnknownReviewVersions: old.Any(static webhook => !webhook.AdmissionReviewVersions.Any(ReviewVersions.Contains)),
        SameNames: old.DistinctBy(static webhook => webhook.Name, StringComparer.Ordinal).Count() < old.Count,
        InvalidSelectorValues: old.Any(static webhook => HasInvalidValues(webhook.NamespaceSelector) || HasInvalidValues(webhook.ObjectSelector)));

    public static void Validate<T>(ApiList<T> webhooks, Allowances allowed, FieldErrors errors) where T : IAdmissionWebhook
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < webhooks.Count; i++)
        {
            var (webhook, path) = (webhooks[i], FieldPath.Root.Child("webhooks").Index(i));
            Validate(webhook, allowed, path, errors);
            ValidateReviewVersions(webhook.AdmissionReviewVersions, allowed, path.Child("admissionReviewVersions"), errors);
            if (!allowed.SameNames && webhook.Name.Length > 0 && !names.Add(webhook.Name))
            {
                errors.Duplicate(path.Child("name"), webhook.Name);
            }
        }
    }

    private static void Validate(IAdmissionWebhook webhook, Allowances allowed, FieldPath path, FieldErrors errors)
    {
        ValidateName(webhook.Name, path.Child("name"), errors);
        for (var i = 0; i < webhook.Rules.Count; i++)
        {
            webhook.Rules[i].Validate(path.Child("rules").Index(i), errors);
        }

        OneOf(webhook.FailurePolicy, FailurePolicies, path.Child("failurePolicy"), errors);
        OneOf(webhook.MatchPolicy, MatchPolicies, path.Child("matchPolicy"), errors);
        var sideEffects = allowed.SideEffects ? SideEffectClasses : HarmlessSideEffectClasses;
        if (webhook.SideEffects is null)
        {
            errors.Required(path.Child("sideEffects"), $"must specify one of {string.Join(", ", sideEffects)}");
        }

        OneOf(webhook.SideEffects, sideEffects, path.Child("sideEffects"), errors);
        if (webhook.TimeoutSeconds is < 1 or > TimeoutSecondsMax)
        {
            errors.Invalid(path.Child("timeoutSeconds"), webhook.TimeoutSeconds, FormattableString.Invariant($"the timeout value must be between 1 and {TimeoutSecondsMax} seconds"));
        }

        ValidateSelector(webhook.NamespaceSelector, allowed, path.Child("namespaceSelector"), errors);
        ValidateSelector(webhook.ObjectSelector, allowed, path.Child("objectSelector"), errors);
        OneOf((webhook as MutatingWebhook)?.ReinvocationPolicy, ReinvocationPolicies, path.Child("reinvocationPolicy"), errors);
        webhook.ClientConfig.Validate(path.Child("clientConfig"), errors);
        if (!allowed.MatchConditions)
        {
            MatchConditionValidation.Validate(webhook.MatchConditions, hasParams: false, path.Child("matchConditions"), errors);
        }
    }

    private static void ValidateName(string name, FieldPath path, FieldErrors errors)
    {
        if (name.Length == 0)
        {
            errors.Required(path);
        }
        else if (string.Join(",", NameFormats.DnsSubdomain(name)) is { Length: > 0 } problems)
        {
            errors.Invalid(path, name, problems);
        }
        else if (name.AsSpan().Count('.') < 2)
        {
            errors.Invalid(path, name, "should be a domain with at least three segments separated by dots");
        }
    }

    private static void OneOf(string? value, string[] supported, FieldPath path, FieldErrors errors)
    {
        if (value is not null && !supported.Contains(value))
        {
            errors.NotSupported(path, value, supported);
        }
    }

    private static void ValidateSelector(LabelSelector? selector, Allowances allowed, FieldPath path, FieldErrors errors)
    {
        var problems = new FieldErrors();
        selector?.Validate(path, problems);
        errors.Add(allowed.InvalidSelectorValues ? problems.Errors.Where(static problem => !IsAboutValue(problem)) : problems.Errors);
    }

    private static bool HasInvalidValues(LabelSelector? selector)
    {
        var problems = new FieldErrors();
        selector?.Validate(FieldPath.Root.Child("selector"), problems);
        return problems.Errors.Any(IsAboutValue);
    }

    // selector.matchExpressions[0].values[1]
    private static bool IsAboutValue(FieldError problem) => problem.Field.Contains(".values[", StringComparison.Ordinal);

    private static void ValidateReviewVersions(ApiList<string> versions, Allowances allowed, FieldPath path, FieldErrors errors)
    {
        if (versions.IsEmpty)
        {
            errors.Required(path, $"must specify one of {string.Join(", ", ReviewVersions)}");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            if (seen.Add(versions[i]))
            {
                errors.InvalidAll(path.Index(i), versions[i], NameFormats.Dns1035Label(versions[i]));
            }
            else
            {
                errors.Invalid(path.Index(i), versions[i], "duplicate version");
            }
        }

        if (!allowed.UnknownReviewVersions && !versions.Any(ReviewVersions.Contains))
        {
            errors.Invalid(path, GoSyntax.Strings(versions), $"must include at least one of {string.Join(", ", ReviewVersions)}");
        }
    }
}
