using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Authorization.Rbac;

namespace Petrel.ApiServer.Tests.Authorization;

/// <summary>Roles, bindings and questions in short.</summary>
internal static class Policy
{
    public static UserInfo User(string name, params ApiList<string> groups) => new(name) { Groups = groups };

    public static PolicyRule Rule(string verbs, string groups, string resources, string names = "") => new()
    {
        Verbs = [.. verbs.Split(' ')],
        ApiGroups = [.. groups.Split(' ').Select(static group => group == "core" ? "" : group)],
        Resources = [.. resources.Split(' ')],
        ResourceNames = names.Length == 0 ? default : [.. names.Split(' ')],
    };

    public static PolicyRule PathRule(string verbs, string paths) => new() { Verbs = [.. verbs.Split(' ')], NonResourceURLs = [.. paths.Split(' ')] };

    public static Role Role(string @namespace, string name, params ApiList<PolicyRule> rules) =>
        new() { Metadata = new ObjectMeta { Name = name, Namespace = @namespace }, Rules = rules };

    public static ClusterRole ClusterRole(string name, params ApiList<PolicyRule> rules) => new() { Metadata = new ObjectMeta { Name = name }, Rules = rules };

    public static RoleBinding Bind(string @namespace, string name, string roleKind, string role, params ApiList<Subject> subjects) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = @namespace },
        RoleRef = Reference(roleKind, role),
        Subjects = subjects,
    };

    public static ClusterRoleBinding BindInCluster(string name, string role, params ApiList<Subject> subjects) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        RoleRef = Reference("ClusterRole", role),
        Subjects = subjects,
    };

    public static Subject ToUser(string name) => new() { Kind = "User", ApiGroup = "rbac.authorization.k8s.io", Name = name };

    public static Subject ToGroup(string name) => new() { Kind = "Group", ApiGroup = "rbac.authorization.k8s.io", Name = name };

    public static Subject ToAccount(string @namespace, string name) => new() { Kind = "ServiceAccount", Namespace = @namespace, Name = name };

    public static AuthorizationAttributes Ask(UserInfo user, string verb, string resource, string @namespace = "", string name = "", string group = "")
    {
        var parts = resource.Split('/');
        return new AuthorizationAttributes(user, verb)
        {
            IsResource = true,
            Group = group,
            Version = "v1",
            Resource = parts[0],
            Subresource = parts.Length > 1 ? parts[1] : "",
            Namespace = @namespace,
            Name = name,
        };
    }

    public static AuthorizationAttributes AskPath(UserInfo user, string verb, string path) => new(user, verb) { Path = path };

    public static async Task<Decision> DecideAsync(this IRbacObjects objects, AuthorizationAttributes attributes) =>
        await new RbacAuthorizer(objects).AuthorizeAsync(attributes);

    private static RoleRef Reference(string kind, string name) => new() { ApiGroup = "rbac.authorization.k8s.io", Kind = kind, Name = name };
}
