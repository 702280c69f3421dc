using Petrel.Api;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Finds the rules that bindings give a user.</summary>
internal static class RuleResolution
{
    /// <summary>
    /// Every binding that applies to the user, with the rules of its role: first those of the cluster, then, with a
    /// namespace, those of the namespace.
    /// </summary>
    public static IEnumerable<BoundRules> Of(RbacSnapshot snapshot, UserInfo user, string @namespace)
    {
        foreach (var (name, binding) in snapshot.ClusterRoleBindings)
        {
            if (SubjectMatch.Find(binding.Subjects, user, "") is { } subject)
            {
                yield return new BoundRules($"ClusterRoleBinding \"{name}\"", binding.RoleRef, subject, Find(snapshot, binding.RoleRef, ""));
            }
        }

        if (@namespace.Length == 0 || snapshot.RoleBindings.GetValueOrDefault(@namespace) is not { } bindings)
        {
            yield break;
        }

        foreach (var (name, binding) in bindings)
        {
            if (SubjectMatch.Find(binding.Subjects, user, @namespace) is { } subject)
            {
                yield return new BoundRules($"RoleBinding \"{name}/{@namespace}\"", binding.RoleRef, subject, Find(snapshot, binding.RoleRef, @namespace));
            }
        }
    }

    /// <summary>The rules of a role; null when there is no such role.</summary>
    public static ApiList<PolicyRule>? Find(RbacSnapshot snapshot, RoleRef reference, string @namespace) => reference.Kind switch
    {
        "ClusterRole" => snapshot.ClusterRoles.GetValueOrDefault(reference.Name)?.Rules,
        "Role" => snapshot.Roles.GetValueOrDefault((@namespace, reference.Name))?.Rules,
        _ => null,
    };
}

/// <summary>A binding that applies to a user.</summary>
/// <param name="Binding">Kind and name of the binding as reasons name it.</param>
/// <param name="Role">The role it gives.</param>
/// <param name="Subject">Which of its subjects is the user.</param>
/// <param name="Rules">The rules of the role; null when there is no such role.</param>
internal readonly record struct BoundRules(string Binding, RoleRef Role, Subject Subject, ApiList<PolicyRule>? Rules)
{
    /// <summary>What is wrong when <see cref="Rules"/> is null.</summary>
    public string MissingRole => $"{Role.Kind.ToLowerInvariant()}.rbac.authorization.k8s.io \"{Role.Name}\" not found";

    public string Reason => $"RBAC: allowed by {Binding} of {Role.Kind} \"{Role.Name}\" to {SubjectMatch.Describe(Subject)}";
}
