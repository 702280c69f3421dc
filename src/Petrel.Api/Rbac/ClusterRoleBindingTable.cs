using Petrel.Api.Resources;

namespace Petrel.Api.Rbac;

/// <summary>A cluster role binding as a row.</summary>
internal static class ClusterRoleBindingTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Role", Description: "RoleRef can only reference a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must return an error."),
        Column.Age,
        new("Users", Priority: 1, Description: "Users in the clusterRoleBinding"),
        new("Groups", Priority: 1, Description: "Groups in the clusterRoleBinding"),
        new("ServiceAccounts", Priority: 1, Description: "ServiceAccounts in the clusterRoleBinding"),
    ];

    public static IReadOnlyList<object?> Cells(ClusterRoleBinding binding, DateTimeOffset now) =>
    [
        binding.Metadata.Name,
        $"{binding.RoleRef.Kind}/{binding.RoleRef.Name}",
        TableText.Age(binding.Metadata.CreationTimestamp, now),
        Subject.Names(binding.Subjects, "User"),
        Subject.Names(binding.Subjects, "Group"),
        Subject.Names(binding.Subjects, "ServiceAccount"),
    ];
}
