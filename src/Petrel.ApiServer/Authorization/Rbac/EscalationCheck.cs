using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>
/// Keeps users from giving themselves or others more than they hold: called by the write path with every role and binding
/// that is about to be stored (kubernetes.io, "Privilege escalation prevention and bootstrapping").
/// </summary>
internal sealed class EscalationCheck(IRbacObjects objects, IAuthorizer authorizer)
{
    private const string Group = "rbac.authorization.k8s.io";

    private static readonly ApiList<PolicyRule> FullAuthority =
    [
        new PolicyRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] },
        new PolicyRule { Verbs = ["*"], NonResourceURLs = ["*"] },
    ];

    /// <summary>Null when the user may store the object, or the refusal. Objects that are no roles or bindings are none of its business.</summary>
    /// <param name="old">The stored object; null when it is created.</param>
    public async ValueTask<Status?> CheckAsync(UserInfo user, ApiObject value, ApiObject? old)
    {
        if (user.IsIn(SystemIdentities.Masters) || (old is not null && OnlyOwnersChange(value, old)))
        {
            return null;
        }

        return value switch
        {
            Role role => await CheckRoleAsync(user, role, Role.Info, role.Rules),
            ClusterRole role => await CheckRoleAsync(user, role, ClusterRole.Info, role.Rules) ?? await CheckAggregationAsync(user, role, old as ClusterRole),
            RoleBinding binding => await CheckBindingAsync(user, binding, RoleBinding.Info, binding.RoleRef),
            ClusterRoleBinding binding => await CheckBindingAsync(user, binding, ClusterRoleBinding.Info, binding.RoleRef),
            _ => null,
        };
    }

    private async ValueTask<Status?> CheckRoleAsync(UserInfo user, ApiObject role, ResourceInfo info, ApiList<PolicyRule> rules) =>
        await MayEscalateAsync(user, role, info) || Excess(user, role.Metadata.Namespace, rules) is not { } excess
            ? null
            : Statuses.Forbidden(info.GroupResource, role.Metadata.Name, excess);

    // An aggregated role gathers rules that nobody has written yet, so only those who may do anything can make one.
    private async ValueTask<Status?> CheckAggregationAsync(UserInfo user, ClusterRole role, ClusterRole? old)
    {
        if ((role.AggregationRule is null && old?.AggregationRule is null)
            || await MayEscalateAsync(user, role, ClusterRole.Info)
            || Excess(user, "", FullAuthority) is null)
        {
            return null;
        }

        return Statuses.Forbidden(ClusterRole.Info.GroupResource, role.Metadata.Name, "must have cluster-admin privileges to use the aggregationRule");
    }

    private async ValueTask<Status?> CheckBindingAsync(UserInfo user, ApiObject binding, ResourceInfo info, RoleRef reference)
    {
        var scope = binding.Metadata.Namespace;
        if (await MayAsync(user, "bind", reference.Kind == "Role" ? "roles" : "clusterroles", scope, reference.Name))
        {
            return null;
        }

        if (RuleResolution.Find(objects.Current, reference, scope) is not { } rules)
        {
            return Statuses.NotFound(info.GroupResource, reference.Name);
        }

        return Excess(user, scope, rules) is { } excess ? Statuses.Forbidden(info.GroupResource, binding.Metadata.Name, excess) : null;
    }

    private ValueTask<bool> MayEscalateAsync(UserInfo user, ApiObject role, ResourceInfo info) =>
        MayAsync(user, "escalate", info.Resource, role.Metadata.Namespace, role.Metadata.Name);

    private async ValueTask<bool> MayAsync(UserInfo user, string verb, string resource, string @namespace, string name)
    {
        var decision = await authorizer.AuthorizeAsync(new AuthorizationAttributes(user, verb)
        {
            IsResource = true,
            Group = Group,
            Version = "*",
            Resource = resource,
            Namespace = @namespace,
            Name = name,
        });
        return decision.IsAllowed;
    }

    // What the rules give beyond what the user holds; null when nothing.
    private string? Excess(UserInfo user, string @namespace, ApiList<PolicyRule> rules)
    {
        var (held, missingRoles) = (new List<PolicyRule>(), new List<string>());
        foreach (var bound in RuleResolution.Of(objects.Current, user, @namespace))
        {
            if (bound.Rules is { } given)
            {
                held.AddRange(given);
            }
            else
            {
                missingRoles.Add(bound.MissingRole);
            }
        }

        var excess = RuleCoverage.Missing(held, rules);
        if (excess.Count == 0)
        {
            return null;
        }

        var message = $"user {FieldErrors.Quote(user.Name)} (groups={RuleText.Quote(user.Groups)}) is attempting to grant RBAC permissions not currently held:\n{RuleText.Describe(excess)}";
        return missingRoles.Count == 0 ? message : $"{message}; resolution errors: [{string.Join(' ', missingRoles)}]";
    }

    // The garbage collector must be able to release any object from its owners and finalizers.
    private static bool OnlyOwnersChange(ApiObject value, ApiObject old) => WithoutOwners(value) == WithoutOwners(old);

    private static ApiObject WithoutOwners(ApiObject value) => value with
    {
        Metadata = value.Metadata with { OwnerReferences = default, Finalizers = default, ManagedFields = default, ResourceVersion = "", Generation = 0 },
    };
}
