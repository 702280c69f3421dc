using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>Names of users and groups that have a meaning of their own to the API server.</summary>
public static class SystemIdentities
{
    /// <summary>Members may do everything, whatever the roles say.</summary>
    public const string Masters = "system:masters";

    public const string AuthenticatedGroup = "system:authenticated";

    public const string UnauthenticatedGroup = "system:unauthenticated";

    public const string AnonymousUser = "system:anonymous";

    public const string NodesGroup = "system:nodes";

    public const string NodeUserPrefix = "system:node:";

    public const string ServiceAccountsGroup = "system:serviceaccounts";

    private const string ServiceAccountPrefix = "system:serviceaccount:";

    /// <summary>A request without credentials.</summary>
    public static UserInfo Anonymous { get; } = new(AnonymousUser) { Groups = [UnauthenticatedGroup] };

    public static string ServiceAccountUser(string @namespace, string name) => $"{ServiceAccountPrefix}{@namespace}:{name}";

    /// <summary>The groups of every service account of a namespace.</summary>
    public static ApiList<string> ServiceAccountGroups(string @namespace) => [ServiceAccountsGroup, $"{ServiceAccountsGroup}:{@namespace}"];

    /// <summary>Splits the user name of a service account; false for other users.</summary>
    public static bool TryParseServiceAccount(string user, out string @namespace, out string name)
    {
        (@namespace, name) = ("", "");
        if (!user.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = user[ServiceAccountPrefix.Length..].Split(':');
        if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
        {
            return false;
        }

        (@namespace, name) = (parts[0], parts[1]);
        return true;
    }

    /// <summary>The node a user is the agent of: named <c>system:node:NODE</c> and in the group of nodes. False for other users.</summary>
    public static bool TryParseNode(UserInfo user, out string node)
    {
        var isNode = user.Name.StartsWith(NodeUserPrefix, StringComparison.Ordinal) && user.IsIn(NodesGroup);
        node = isNode ? user.Name[NodeUserPrefix.Length..] : "";
        return isNode;
    }
}
