namespace Petrel.ApiServer.OpenApi.Paths;

/// <summary>How operations are named and tagged after their group and version.</summary>
internal static class OperationNames
{
    /// <summary>Part of an operation's id: <c>RbacAuthorization</c> of rbac.authorization.k8s.io, <c>Core</c> of the core group.</summary>
    public static string Group(string group)
    {
        var name = group.EndsWith(".k8s.io", StringComparison.Ordinal) ? group[..^".k8s.io".Length] : group;
        return name.Length == 0 ? "Core" : string.Concat(name.Split('.').Select(Capitalized));
    }

    public static string Version(string group, string version) => Group(group) + Capitalized(version);

    /// <summary>Tag of a group's operations: <c>rbacAuthorization</c>.</summary>
    public static string Tag(string group)
    {
        var name = Group(group);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    public static string Tag(string group, string version) => Tag(group) + "_" + version;

    public static string Capitalized(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];
}
