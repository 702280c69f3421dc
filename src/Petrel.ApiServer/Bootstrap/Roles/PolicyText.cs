using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>
/// The short form in which the bootstrap policy is written: lists are words with spaces between them, and the group
/// <c>core</c> stands for the one whose name is empty.
/// </summary>
internal static class PolicyText
{
    /// <summary>On every bootstrap object: it came with the server.</summary>
    public const string BootstrapLabel = "kubernetes.io/bootstrapping";

    public const string BootstrapLabelValue = "rbac-defaults";

    /// <summary>While "true", every start of the server adds what is missing from the object; users set "false" to keep it as it is.</summary>
    public const string AutoUpdateAnnotation = "rbac.authorization.kubernetes.io/autoupdate";

    public const string RbacGroup = "rbac.authorization.k8s.io";

    public const string Read = "get list watch";

    public const string All = "create delete deletecollection get list patch update watch";

    public const string Write = "create delete deletecollection patch update";

    private const string AggregationLabelPrefix = "rbac.authorization.k8s.io/aggregate-to-";

    /// <summary>Writing events, which nearly every component does.</summary>
    public static PolicyRule Events { get; } = Allow("create patch update", "core events.k8s.io", "events");

    public static PolicyRule Allow(string verbs, string groups, string resources, string names = "") => new()
    {
        Verbs = Words(verbs),
        ApiGroups = [.. Words(groups).Select(static group => group == "core" ? "" : group)],
        Resources = Words(resources),
        ResourceNames = names.Length == 0 ? default : Words(names),
    };

    public static PolicyRule AllowPaths(string verbs, string paths) => new() { Verbs = Words(verbs), NonResourceURLs = Words(paths) };

    public static ClusterRole ClusterRole(string name, params ApiList<PolicyRule> rules) => new() { Metadata = Meta(name), Rules = rules };

    /// <summary>The role of a controller.</summary>
    public static ClusterRole ForController(string controller, params ApiList<PolicyRule> rules) => ClusterRole("system:controller:" + controller, rules);

    /// <summary>A role whose rules a controller gathers from the roles labelled for it.</summary>
    /// <param name="into">The aggregated role that this one is part of; empty for none.</param>
    public static ClusterRole Aggregated(string name, string into = "") => new()
    {
        Metadata = Meta(name, into),
        AggregationRule = new AggregationRule
        {
            ClusterRoleSelectors = [new LabelSelector { MatchLabels = ApiMap.FromPairs((AggregationLabelPrefix + name, "true")) }],
        },
    };

    /// <summary>A role that is part of an aggregated one.</summary>
    public static ClusterRole AggregatedInto(string name, string into, params ApiList<PolicyRule> rules) => new() { Metadata = Meta(name, into), Rules = rules };

    public static Role Role(string @namespace, string name, params ApiList<PolicyRule> rules) =>
        new() { Metadata = Meta(name) with { Namespace = @namespace }, Rules = rules };

    /// <summary>A binding to the cluster role of the same name unless another is given.</summary>
    public static ClusterRoleBinding ClusterRoleBinding(string name, params ApiList<Subject> subjects) => new()
    {
        Metadata = Meta(name),
        RoleRef = new RoleRef { ApiGroup = RbacGroup, Kind = "ClusterRole", Name = name },
        Subjects = subjects,
    };

    public static RoleBinding RoleBinding(string @namespace, string name, string role, params ApiList<Subject> subjects) => new()
    {
        Metadata = Meta(name) with { Namespace = @namespace },
        RoleRef = new RoleRef { ApiGroup = RbacGroup, Kind = "Role", Name = role },
        Subjects = subjects,
    };

    public static Subject User(string name) => new() { ApiGroup = RbacGroup, Kind = "User", Name = name };

    public static Subject Group(string name) => new() { ApiGroup = RbacGroup, Kind = "Group", Name = name };

    /// <summary>A service account of kube-system.</summary>
    public static Subject Account(string name) => new() { Kind = "ServiceAccount", Name = name, Namespace = "kube-system" };

    private static ObjectMeta Meta(string name, string into = "")
    {
        var labels = ApiMap.FromPairs((BootstrapLabel, BootstrapLabelValue));
        return new ObjectMeta
        {
            Name = name,
            Labels = into.Length == 0 ? labels : labels.With(AggregationLabelPrefix + into, "true"),
            Annotations = ApiMap.FromPairs((AutoUpdateAnnotation, "true")),
        };
    }

    private static ApiList<string> Words(string text) => [.. text.Split(' ')];
}
