using Petrel.Api.Resources;

namespace Petrel.Api.Rbac;

/// <summary>A role binding as a row.</summary>
internal static class RoleBindingTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Role", Description:
            "RoleRef can reference a Role in the current namespace or a ClusterRole in the global namespace. If the RoleRef cannot be resolved, the Authorizer must "
            + "return an error."),
        Column.Age,
        new("Users", Priority: 1, Description: "Users in the roleBinding"),
        new("Groups", Priority: 1, Description: "Groups in the roleBinding"),
        new("ServiceAccounts", Priority: 1, Description: "ServiceAccounts in the roleBinding"),
    ];

    public static IReadOnlyList<object?> Cells(RoleBinding binding, DateTimeOffset now) =>
    [
        binding.Metadata.Name,
        $"{binding.RoleRef.Kind}/{binding.RoleRef.Name}",
        TableText.Age(binding.Metadata.CreationTimestamp, now),
        Subject.Names(binding.Subjects, "User"),
        Subject.Names(binding.Subjects, "Group"),
        Subject.Names(binding.Subjects, "ServiceAccount"),
    ];
}
