using Petrel.Api;
using Petrel.Api.FlowControl;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Fairness;

/// <summary>Whether a flow schema's rules match a request (flowcontrol.apiserver.k8s.io/v1, PolicyRulesWithSubjects). Allocates nothing for most requests.</summary>
internal static class FlowMatch
{
    private const string All = "*";
    private const string AccountPrefix = "system:serviceaccount:";

    public static bool Matches(in ApiList<PolicyRulesWithSubjects> rules, UserInfo user, RequestInfo info)
    {
        foreach (var rule in rules.Span)
        {
            if (MatchesRequest(rule, info) && MatchesSubject(rule.Subjects, user))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesRequest(PolicyRulesWithSubjects rules, RequestInfo info)
    {
        if (info.IsResource)
        {
            foreach (var rule in rules.ResourceRules.Span)
            {
                if (Matches(rule, info))
                {
                    return true;
                }
            }

            return false;
        }

        foreach (var rule in rules.NonResourceRules.Span)
        {
            if (Has(rule.Verbs, info.Verb) && MatchesPath(rule.NonResourceURLs, info.Path))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Matches(ResourcePolicyRule rule, RequestInfo info) =>
        Has(rule.Verbs, info.Verb)
        && Has(rule.ApiGroups, info.Group)
        && (info.Namespace.Length == 0 ? rule.ClusterScope : Has(rule.Namespaces, info.Namespace))
        && (IsAll(rule.Resources) || rule.Resources.Span.Contains(info.Subresource.Length == 0 ? info.Resource : info.Resource + "/" + info.Subresource));

    private static bool MatchesPath(in ApiList<string> urls, string path)
    {
        foreach (var url in urls.Span)
        {
            if (url == path || (url.EndsWith('*') && path.AsSpan().StartsWith(url.AsSpan(0, url.Length - 1), StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesSubject(in ApiList<Subject> subjects, UserInfo user)
    {
        foreach (var subject in subjects.Span)
        {
            var matches = subject.Kind switch
            {
                Subject.UserKind => subject.User is { } named && (named.Name == All || named.Name == user.Name),
                Subject.GroupKind => subject.Group is { } group && (group.Name == All || user.IsIn(group.Name)),
                Subject.ServiceAccountKind => subject.ServiceAccount is { } account && MatchesAccount(account, user.Name),
                _ => false,
            };
            if (matches)
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesAccount(ServiceAccountSubject account, string user)
    {
        if (!user.StartsWith(AccountPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = user.AsSpan(AccountPrefix.Length);
        var colon = rest.IndexOf(':');
        return colon >= 0 && rest[..colon].SequenceEqual(account.Namespace) && (account.Name == All || rest[(colon + 1)..].SequenceEqual(account.Name));
    }

    private static bool Has(in ApiList<string> list, string value) => IsAll(list) || list.Span.Contains(value);

    private static bool IsAll(in ApiList<string> list) => list.Span is [All, ..];
}
