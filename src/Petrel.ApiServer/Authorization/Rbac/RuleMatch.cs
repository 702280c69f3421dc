using Petrel.Api;
using Petrel.Api.Rbac;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Whether a rule allows what a question asks for (kubernetes.io, "Using RBAC Authorization").</summary>
internal static class RuleMatch
{
    private const string All = "*";

    public static bool Allows(PolicyRule rule, AuthorizationAttributes attributes) =>
        Has(rule.Verbs, attributes.Verb) && (attributes.IsResource ? AllowsResource(rule, attributes) : AllowsPath(rule.NonResourceURLs, attributes.Path));

    private static bool AllowsResource(PolicyRule rule, AuthorizationAttributes attributes) =>
        Has(rule.ApiGroups, attributes.Group)
        && NamesResource(rule.Resources, attributes)
        && (rule.ResourceNames.IsEmpty || rule.ResourceNames.Span.Contains(attributes.Name));

    // A plain resource does not cover its subresources; */scale covers that subresource of everything.
    private static bool NamesResource(ApiList<string> resources, AuthorizationAttributes attributes)
    {
        var combined = attributes.CombinedResource;
        foreach (var resource in resources)
        {
            if (resource == All || resource == combined)
            {
                return true;
            }

            if (attributes.Subresource.Length > 0 && resource.StartsWith("*/", StringComparison.Ordinal) && resource.AsSpan(2).SequenceEqual(attributes.Subresource))
            {
                return true;
            }
        }

        return false;
    }

    private static bool AllowsPath(ApiList<string> paths, string path)
    {
        foreach (var allowed in paths)
        {
            if (CoversPath(allowed, path))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A path of a rule covers itself and, when it ends with a star, everything that begins like it.</summary>
    public static bool CoversPath(string allowed, string path) =>
        allowed == path || allowed == All || (allowed.EndsWith('*') && path.StartsWith(allowed.TrimEnd('*'), StringComparison.Ordinal));

    private static bool Has(ApiList<string> list, string item) => list.Span.Contains(item) || list.Span.Contains(All);
}
