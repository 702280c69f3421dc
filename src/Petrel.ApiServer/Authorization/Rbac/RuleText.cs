using Petrel.Api;
using Petrel.Api.Rbac;
using Petrel.Api.Validation;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Rules as the refusal of an escalation lists them: joined where only verbs differ, sorted, printed as Go prints lists.</summary>
internal static class RuleText
{
    public static string Describe(IReadOnlyList<PolicyRule> rules) =>
        string.Join('\n', Join(rules).Select(Describe).Distinct().Order(StringComparer.Ordinal));

    /// <summary>A list of strings as Go's %q prints it.</summary>
    public static string Quote(ApiList<string> list) => $"[{string.Join(' ', list.Select(FieldErrors.Quote))}]";

    // Parts of one group and resource, with at most one name, become one rule with all their verbs.
    private static IEnumerable<PolicyRule> Join(IReadOnlyList<PolicyRule> rules) =>
        rules.GroupBy(static rule => rule with { Verbs = default }, static (key, parts) => key with { Verbs = parts.SelectMany(static part => part.Verbs).ToApiList() })
            .SelectMany(static rule => rule.NonResourceURLs.IsEmpty ? [rule] : rule.Verbs.Select(verb => rule with { Verbs = [verb] }));

    private static string Describe(PolicyRule rule)
    {
        var parts = new List<string>();
        void Add(string name, ApiList<string> list)
        {
            if (!list.IsEmpty)
            {
                parts.Add($"{name}:{Quote(list)}");
            }
        }

        Add("APIGroups", rule.ApiGroups);
        Add("Resources", rule.Resources);
        Add("NonResourceURLs", rule.NonResourceURLs);
        Add("ResourceNames", rule.ResourceNames);
        Add("Verbs", rule.Verbs);
        return $"{{{string.Join(", ", parts)}}}";
    }
}
