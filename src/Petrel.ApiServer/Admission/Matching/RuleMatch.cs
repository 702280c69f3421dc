using Petrel.Api;
using Petrel.Api.AdmissionRegistration;
using Petrel.Api.Resources;

namespace Petrel.ApiServer.Admission.Matching;

/// <summary>Whether a rule of a webhook or a policy speaks about a request.</summary>
internal static class RuleMatch
{
    private const string All = "*";

    /// <param name="target">The resource as which the request is looked at: its own, or an equivalent one.</param>
    public static bool Matches(IRequestRule rule, AdmissionRequest request, ResourceInfo target) =>
        Names(rule.Operations, OperationName(request.Operation))
        && Names(rule.ApiGroups, target.Group)
        && Names(rule.ApiVersions, target.Version)
        && MatchesScope(rule.Scope, target)
        && rule.Resources.Any(resource => MatchesResource(resource, target.Resource, request.Subresource))
        && (rule is not NamedRuleWithOperations { ResourceNames: { IsEmpty: false } names } || names.Contains(request.EffectiveName));

    /// <summary>The operation as rules and reviews name it.</summary>
    public static string OperationName(AdmissionOperation operation) => operation switch
    {
        AdmissionOperation.Create => "CREATE",
        AdmissionOperation.Update => "UPDATE",
        AdmissionOperation.Delete => "DELETE",
        _ => "CONNECT",
    };

    private static bool Names(ApiList<string> list, string name) => list.Contains(All) || list.Contains(name);

    private static bool MatchesScope(string? scope, ResourceInfo target) => scope switch
    {
        null or All => true,
        "Namespaced" => target.Namespaced,
        _ => !target.Namespaced,
    };

    private static bool MatchesResource(string rule, string resource, string subresource)
    {
        var slash = rule.IndexOf('/', StringComparison.Ordinal);
        var (ruleResource, ruleSubresource) = slash < 0 ? (rule, "") : (rule[..slash], rule[(slash + 1)..]);
        return (ruleResource == All || ruleResource == resource) && (ruleSubresource == All || ruleSubresource == subresource);
    }
}
