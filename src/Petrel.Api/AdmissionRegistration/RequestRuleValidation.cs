using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>What every <see cref="IRequestRule"/> must state.</summary>
internal static class RequestRuleValidation
{
    public const string AllScopes = "*";

    private const string All = "*";
    private const string AllAndSubresources = "*/*";

    private static readonly string[] Operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
    private static readonly string[] Scopes = ["*", "Cluster", "Namespaced"];

    public static void Validate(IRequestRule rule, FieldPath path, FieldErrors errors)
    {
        NotEmpty(rule.Operations, path.Child("operations"), errors);
        NothingBesideAll(rule.Operations, "operations", path.Child("operations"), errors, "admissionregistration.OperationType");
        for (var i = 0; i < rule.Operations.Count; i++)
        {
            if (!Operations.Contains(rule.Operations[i]))
            {
                errors.NotSupported(path.Child("operations").Index(i), rule.Operations[i], Operations);
            }
        }

        NotEmpty(rule.ApiGroups, path.Child("apiGroups"), errors);
        NothingBesideAll(rule.ApiGroups, "API groups", path.Child("apiGroups"), errors);
        NotEmpty(rule.ApiVersions, path.Child("apiVersions"), errors);
        NothingBesideAll(rule.ApiVersions, "API versions", path.Child("apiVersions"), errors);
        for (var i = 0; i < rule.ApiVersions.Count; i++)
        {
            if (rule.ApiVersions[i].Length == 0)
            {
                errors.Required(path.Child("apiVersions").Index(i));
            }
        }

        ValidateResources(rule.Resources, path.Child("resources"), errors);
        if (rule.Scope is { } scope && !Scopes.Contains(scope))
        {
            errors.NotSupported(path.Child("scope"), scope, Scopes);
        }
    }

    private static void NotEmpty(ApiList<string> list, FieldPath path, FieldErrors errors)
    {
        if (list.IsEmpty)
        {
            errors.Required(path);
        }
    }

    private static void NothingBesideAll(ApiList<string> list, string what, FieldPath path, FieldErrors errors, string type = "string")
    {
        if (list.Count > 1 && list.Contains(All))
        {
            errors.Invalid(path, GoSyntax.Strings(list, type), $"if '*' is present, must not specify other {what}");
        }
    }

    private static void ValidateResources(ApiList<string> resources, FieldPath path, FieldErrors errors)
    {
        NotEmpty(resources, path, errors);
        var allSubresourcesOf = new HashSet<string>(StringComparer.Ordinal);
        var allResourcesWith = new HashSet<string>(StringComparer.Ordinal);
        var isLastPlain = false;
        for (var i = 0; i < resources.Count; i++)
        {
            var name = resources[i];
            if (name.Length == 0)
            {
                errors.Required(path.Index(i));
                continue;
            }

            var slash = name.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
            {
                // As upstream: only the last name without a subresource counts.
                isLastPlain = name != All;
                continue;
            }

            var (resource, subresource) = (name[..slash], name[(slash + 1)..]);
            if (allSubresourcesOf.Contains(resource))
            {
                errors.Invalid(path.Index(i), name, $"if '{resource}/*' is present, must not specify {name}");
            }

            if (allResourcesWith.Contains(subresource))
            {
                errors.Invalid(path.Index(i), name, $"if '*/{subresource}' is present, must not specify {name}");
            }

            _ = subresource == All && allSubresourcesOf.Add(resource);
            _ = resource == All && allResourcesWith.Add(subresource);
        }

        if (resources.Count > 1 && resources.Contains(AllAndSubresources))
        {
            errors.Invalid(path, GoSyntax.Strings(resources), "if '*/*' is present, must not specify other resources");
        }

        if (isLastPlain && resources.Contains(All))
        {
            errors.Invalid(path, GoSyntax.Strings(resources), "if '*' is present, must not specify other resources without subresources");
        }
    }
}
