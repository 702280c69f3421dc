using Petrel.Api.Meta;

namespace Petrel.Api.FlowControl;

/// <summary>The flow schemas that every cluster starts with, which lead to <see cref="BuiltInPriorityLevels"/>.</summary>
public static class BuiltInFlowSchemas
{
    public const string Exempt = "exempt";

    public const string CatchAll = "catch-all";

    private const string All = RuleVerbs.All;
    private const string Unauthenticated = "system:unauthenticated";
    private const string Authenticated = "system:authenticated";
    private const string Nodes = "system:nodes";
    private const string ControllerManager = "system:kube-controller-manager";
    private const string Scheduler = "system:kube-scheduler";

    private static readonly ApiList<string> LeaderElectionVerbs = ["get", "create", "update"];

    public static IReadOnlyList<FlowSchema> Mandatory { get; } =
    [
        Everything(Exempt, BuiltInPriorityLevels.Exempt, 1, "", Group("system:masters")),
        Everything(CatchAll, BuiltInPriorityLevels.CatchAll, FlowSchemaSpec.PrecedenceMax, FlowDistinguisherMethod.ByUser, Group(Unauthenticated), Group(Authenticated)),
    ];

    public static IReadOnlyList<FlowSchema> Suggested { get; } =
    [
        Everything("system-nodes", "system", 500, FlowDistinguisherMethod.ByUser, Group(Nodes)),
        Schema("system-node-high", "node-high", 400, FlowDistinguisherMethod.ByUser, new PolicyRulesWithSubjects
        {
            Subjects = [Group(Nodes)],
            ResourceRules = [Rule([All], "", ["nodes", "nodes/status"], clusterScope: true), Rule([All], "coordination.k8s.io", ["leases"])],
        }),
        Schema("probes", BuiltInPriorityLevels.Exempt, 2, "", new PolicyRulesWithSubjects
        {
            Subjects = [Group(Unauthenticated), Group(Authenticated)],
            NonResourceRules = [new NonResourcePolicyRule { Verbs = ["get"], NonResourceURLs = ["/healthz", "/readyz", "/livez"] }],
        }),
        Schema("system-leader-election", "leader-election", 100, FlowDistinguisherMethod.ByUser, new PolicyRulesWithSubjects
        {
            Subjects = [User(ControllerManager), User(Scheduler), SystemAccount(All)],
            ResourceRules = [Rule(LeaderElectionVerbs, "coordination.k8s.io", ["leases"])],
        }),
        // Ahead of leader election, which once used endpoints, too.
        Schema("endpoint-controller", "workload-high", 150, FlowDistinguisherMethod.ByUser, new PolicyRulesWithSubjects
        {
            Subjects = [User(ControllerManager), SystemAccount("endpoint-controller"), SystemAccount("endpointslicemirroring-controller")],
            ResourceRules = [Rule(["get", "create", "update"], "", ["endpoints"])],
        }),
        Schema("workload-leader-election", "leader-election", 200, FlowDistinguisherMethod.ByUser, new PolicyRulesWithSubjects
        {
            Subjects = [SystemAccount(All)],
            ResourceRules = [Rule(LeaderElectionVerbs, "", ["endpoints", "configmaps"]), Rule(LeaderElectionVerbs, "coordination.k8s.io", ["leases"])],
        }),
        Everything("kube-controller-manager", "workload-high", 800, FlowDistinguisherMethod.ByNamespace, User(ControllerManager)),
        Everything("kube-scheduler", "workload-high", 800, FlowDistinguisherMethod.ByNamespace, User(Scheduler)),
        Everything("kube-system-service-accounts", "workload-high", 900, FlowDistinguisherMethod.ByNamespace, SystemAccount(All)),
        Everything("service-accounts", "workload-low", 9000, FlowDistinguisherMethod.ByUser, Group("system:serviceaccounts")),
        Everything("global-default", "global-default", 9900, FlowDistinguisherMethod.ByUser, Group(Unauthenticated), Group(Authenticated)),
    ];

    private static FlowSchema Everything(string name, string level, int precedence, string distinguisher, params Subject[] subjects) => Schema(name, level, precedence, distinguisher, new PolicyRulesWithSubjects
    {
        Subjects = [.. subjects],
        ResourceRules = [new ResourcePolicyRule { Verbs = [All], ApiGroups = [All], Resources = [All], Namespaces = [All], ClusterScope = true }],
        NonResourceRules = [new NonResourcePolicyRule { Verbs = [All], NonResourceURLs = [All] }],
    });

    private static FlowSchema Schema(string name, string level, int precedence, string distinguisher, PolicyRulesWithSubjects rules) => new()
    {
        Metadata = new ObjectMeta { Name = name },
        Spec = new FlowSchemaSpec
        {
            PriorityLevelConfiguration = new PriorityLevelConfigurationReference { Name = level },
            MatchingPrecedence = precedence,
            DistinguisherMethod = distinguisher.Length == 0 ? null : new FlowDistinguisherMethod { Type = distinguisher },
            Rules = [rules],
        },
    };

    private static ResourcePolicyRule Rule(ApiList<string> verbs, string group, ApiList<string> resources, bool clusterScope = false) =>
        new() { Verbs = verbs, ApiGroups = [group], Resources = resources, Namespaces = [All], ClusterScope = clusterScope };

    private static Subject Group(string name) => new() { Kind = Subject.GroupKind, Group = new GroupSubject { Name = name } };

    private static Subject User(string name) => new() { Kind = Subject.UserKind, User = new UserSubject { Name = name } };

    private static Subject SystemAccount(string name) =>
        new() { Kind = Subject.ServiceAccountKind, ServiceAccount = new ServiceAccountSubject { Namespace = "kube-system", Name = name } };
}
