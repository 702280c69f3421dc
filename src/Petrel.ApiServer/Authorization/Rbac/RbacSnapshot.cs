using System.Collections.Immutable;
using Petrel.Api.Rbac;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>All roles and bindings at one moment. Immutable; bindings are kept in the order of their names.</summary>
internal sealed record RbacSnapshot
{
    public static RbacSnapshot Empty { get; } = new();

    public ImmutableDictionary<string, ClusterRole> ClusterRoles { get; init; } = ImmutableDictionary<string, ClusterRole>.Empty;

    public ImmutableSortedDictionary<string, ClusterRoleBinding> ClusterRoleBindings { get; init; } =
        ImmutableSortedDictionary.Create<string, ClusterRoleBinding>(StringComparer.Ordinal);

    /// <summary>By namespace and name.</summary>
    public ImmutableDictionary<(string Namespace, string Name), Role> Roles { get; init; } =
        ImmutableDictionary<(string Namespace, string Name), Role>.Empty;

    /// <summary>By namespace, then name.</summary>
    public ImmutableDictionary<string, ImmutableSortedDictionary<string, RoleBinding>> RoleBindings { get; init; } =
        ImmutableDictionary<string, ImmutableSortedDictionary<string, RoleBinding>>.Empty;

    public RbacSnapshot With(ClusterRole role) => this with { ClusterRoles = ClusterRoles.SetItem(role.Metadata.Name, role) };

    public RbacSnapshot With(ClusterRoleBinding binding) =>
        this with { ClusterRoleBindings = ClusterRoleBindings.SetItem(binding.Metadata.Name, binding) };

    public RbacSnapshot With(Role role) => this with { Roles = Roles.SetItem((role.Metadata.Namespace, role.Metadata.Name), role) };

    public RbacSnapshot With(RoleBinding binding)
    {
        var scope = RoleBindings.GetValueOrDefault(binding.Metadata.Namespace) ?? ImmutableSortedDictionary.Create<string, RoleBinding>(StringComparer.Ordinal);
        return this with { RoleBindings = RoleBindings.SetItem(binding.Metadata.Namespace, scope.SetItem(binding.Metadata.Name, binding)) };
    }

    public RbacSnapshot WithoutClusterRole(string name) => this with { ClusterRoles = ClusterRoles.Remove(name) };

    public RbacSnapshot WithoutClusterRoleBinding(string name) => this with { ClusterRoleBindings = ClusterRoleBindings.Remove(name) };

    public RbacSnapshot WithoutRole(string @namespace, string name) => this with { Roles = Roles.Remove((@namespace, name)) };

    public RbacSnapshot WithoutRoleBinding(string @namespace, string name)
    {
        if (RoleBindings.GetValueOrDefault(@namespace)?.Remove(name) is not { } rest)
        {
            return this;
        }

        return this with { RoleBindings = rest.IsEmpty ? RoleBindings.Remove(@namespace) : RoleBindings.SetItem(@namespace, rest) };
    }
}
