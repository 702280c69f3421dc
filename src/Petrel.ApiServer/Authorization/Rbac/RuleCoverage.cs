using Petrel.Api;
using Petrel.Api.Rbac;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Whether a set of rules allows all that another set allows: nobody may hand out more than he holds.</summary>
internal static class RuleCoverage
{
    private const string All = "*";

    /// <summary>The parts of the wanted rules that the held rules do not allow, one per verb, group, resource and name.</summary>
    public static List<PolicyRule> Missing(IReadOnlyList<PolicyRule> held, ApiList<PolicyRule> wanted) =>
        [.. wanted.SelectMany(Split).Where(part => !held.Any(rule => Covers(rule, part)))];

    /// <summary>A rule as the smallest rules that together say the same.</summary>
    public static IEnumerable<PolicyRule> Split(PolicyRule rule)
    {
        foreach (var group in rule.ApiGroups.ToArray())
        {
            foreach (var resource in rule.Resources.ToArray())
            {
                foreach (var verb in rule.Verbs.ToArray())
                {
                    var part = new PolicyRule { ApiGroups = [group], Resources = [resource], Verbs = [verb] };
                    if (rule.ResourceNames.IsEmpty)
                    {
                        yield return part;
                    }

                    foreach (var name in rule.ResourceNames.ToArray())
                    {
                        yield return part with { ResourceNames = [name] };
                    }
                }
            }
        }

        foreach (var path in rule.NonResourceURLs.ToArray())
        {
            foreach (var verb in rule.Verbs.ToArray())
            {
                yield return new PolicyRule { NonResourceURLs = [path], Verbs = [verb] };
            }
        }
    }

    private static bool Covers(PolicyRule held, PolicyRule part) =>
        HasAll(held.Verbs, part.Verbs)
        && HasAll(held.ApiGroups, part.ApiGroups)
        && CoversResources(held.Resources, part.Resources)
        && (held.ResourceNames.IsEmpty || (!part.ResourceNames.IsEmpty && part.ResourceNames.All(held.ResourceNames.Contains)))
        && part.NonResourceURLs.All(path => held.NonResourceURLs.Any(allowed => RuleMatch.CoversPath(allowed, path)));

    private static bool CoversResources(ApiList<string> held, ApiList<string> wanted) =>
        held.Span.Contains(All) || wanted.All(resource => held.Contains(resource) || CoversSubresource(held, resource));

    private static bool CoversSubresource(ApiList<string> held, string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && held.Contains("*" + resource[slash..]);
    }

    private static bool HasAll(ApiList<string> held, ApiList<string> wanted) => held.Span.Contains(All) || wanted.All(held.Contains);
}
