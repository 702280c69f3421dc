using Petrel.Api;
using Petrel.Api.Features;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Bootstrap.Roles;

namespace Petrel.ApiServer.Authorization.Node;

/// <summary>
/// Allows a node's agent what it needs for the pods bound to its node and nothing that only other nodes need
/// (kubernetes.io, "Using Node Authorization"). What it may change of these objects is for admission to limit.
/// </summary>
/// <param name="graph">Which objects which node needs.</param>
/// <param name="rules">The rules that hold for every node: those of the bootstrap role system:node.</param>
internal sealed class NodeAuthorizer(NodeGraph graph, ApiList<PolicyRule> rules, TimeProvider time) : IAuthorizer
{
    private const string LeaseNamespace = "kube-node-lease";

    /// <summary>The graph follows the store, an agent its own watch: for so long the agent may be ahead.</summary>
    private static readonly TimeSpan GraphDelayMax = TimeSpan.FromMilliseconds(250);

    public async ValueTask<Decision> AuthorizeAsync(AuthorizationAttributes attributes)
    {
        if (!SystemIdentities.TryParseNode(attributes.User, out var node))
        {
            return Decision.NoOpinion();
        }

        var decision = Decide(node, attributes);
        if (decision.Reason != NoRelationship(node))
        {
            return decision;
        }

        using var enough = new CancellationTokenSource(GraphDelayMax, time);
        return await graph.RelatesSoonAsync(node, ObjectOf(attributes), enough.Token) ? Decision.Allow() : decision;
    }

    private Decision Decide(string node, AuthorizationAttributes attributes)
    {
        if (node.Length == 0)
        {
            return Decision.NoOpinion($"unknown node for user \"{attributes.User.Name}\"");
        }

        return (attributes.IsResource, attributes.Group, attributes.Resource) switch
        {
            (true, "", "secrets" or "configmaps") => Read(node, attributes),
            (true, "", "persistentvolumeclaims") when attributes.Subresource == "status" => UpdateStatus(node, attributes),
            (true, "", "persistentvolumeclaims" or "persistentvolumes") => Get(node, attributes),
            (true, "storage.k8s.io", "volumeattachments") => Get(node, attributes),
            (true, "resource.k8s.io", "resourceclaims") => Get(node, attributes),
            (true, "resource.k8s.io", "resourceslices") => Slices(node, attributes),
            (true, "", "serviceaccounts") => CreateToken(node, attributes),
            (true, "coordination.k8s.io", "leases") => OwnLease(node, attributes),
            (true, "storage.k8s.io", "csinodes") => OwnCsiNode(node, attributes),
            (true, "", "nodes") => OwnNode(node, attributes),
            (true, "", "pods") => Pods(node, attributes),
            _ => ByRules(attributes),
        };
    }

    private Decision Read(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Verb: not ("get" or "list" or "watch") } => Decision.NoOpinion("can only read resources of this type"),
        { Subresource.Length: > 0 } => Decision.NoOpinion("cannot read subresource"),
        { Namespace.Length: 0 } => Decision.NoOpinion("can only read namespaced object of this type"),
        _ => Related(node, attributes),
    };

    private Decision Get(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Verb: not "get" } => Decision.NoOpinion("can only get individual resources of this type"),
        { Subresource.Length: > 0 } => Decision.NoOpinion("cannot get subresource"),
        _ => Related(node, attributes),
    };

    private Decision UpdateStatus(string node, AuthorizationAttributes attributes) =>
        attributes.Verb is "update" or "patch" ? Related(node, attributes) : Decision.NoOpinion("can only get/update/patch this type");

    private Decision CreateToken(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Verb: not "create" } or { Name.Length: 0 } => Decision.NoOpinion("can only create tokens for individual service accounts"),
        { Subresource: not "token" } => Decision.NoOpinion("can only create token subresource of service account"),
        _ => Related(node, attributes),
    };

    private Decision Related(string node, AuthorizationAttributes attributes) =>
        attributes.Name.Length == 0 ? Decision.NoOpinion("No Object name found")
        : graph.Relates(node, ObjectOf(attributes)) ? Decision.Allow()
        : Decision.NoOpinion(NoRelationship(node));

    private static NodeObject ObjectOf(AuthorizationAttributes attributes) => new(attributes.Resource, attributes.Namespace, attributes.Name);

    private static string NoRelationship(string node) => $"no relationship found between node '{node}' and this object";

    private static Decision OwnLease(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Verb: not ("get" or "create" or "update" or "patch" or "delete") } => Decision.NoOpinion("can only get, create, update, patch, or delete a node lease"),
        { Namespace: not LeaseNamespace } => Decision.NoOpinion($"can only access leases in the \"{LeaseNamespace}\" system namespace"),
        { Verb: not "create" } when attributes.Name != node => Decision.NoOpinion("can only access node lease with the same name as the requesting node"),
        _ => Decision.Allow(),
    };

    private static Decision OwnCsiNode(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Verb: not ("get" or "create" or "update" or "patch" or "delete") } => Decision.NoOpinion("can only get, create, update, patch, or delete a CSINode"),
        { Subresource.Length: > 0 } => Decision.NoOpinion("cannot authorize CSINode subresources"),
        { Verb: not "create" } when attributes.Name != node => Decision.NoOpinion("can only access CSINode with the same name as the requesting node"),
        _ => Decision.Allow(),
    };

    // What a new slice is of, admission looks at.
    private Decision Slices(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Subresource.Length: > 0 } => Decision.NoOpinion("cannot authorize ResourceSlice subresources"),
        { Verb: "create" } => Decision.Allow(),
        { Verb: "get" or "update" or "patch" or "delete" } => Related(node, attributes),
        { Verb: "watch" or "list" or "deletecollection" } => attributes.FieldSelector.RequiredValue("spec.nodeName") == node ? Decision.Allow()
            : Decision.NoOpinion("can only list/watch/deletecollection resourceslices with nodeName field selector"),
        _ => Decision.NoOpinion("only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection"),
    };

    // Reads compare names and not the graph, so that an agent can look whether its node exists before it creates it.
    private static Decision OwnNode(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Subresource: "", Verb: "create" or "update" or "patch" } => Decision.Allow(),
        { Subresource: "status", Verb: "update" or "patch" } => Decision.Allow(),
        { Subresource: "", Verb: "get" or "list" or "watch" } when attributes.Name == node => Decision.Allow(),
        { Subresource: "", Verb: "get" or "list" or "watch", Name: "" } =>
            Decision.NoOpinion($"node '{node}' cannot read all nodes, only its own Node object"),
        { Subresource: "", Verb: "get" or "list" or "watch" } =>
            Decision.NoOpinion($"node '{node}' cannot read '{attributes.Name}', only its own Node object"),
        _ => Decision.NoOpinion(),
    };

    private Decision Pods(string node, AuthorizationAttributes attributes) => attributes switch
    {
        { Subresource: "", Verb: "get" } => Get(node, attributes),
        { Subresource: "", Verb: "list" or "watch" } => attributes.FieldSelector.RequiredValue("spec.nodeName") == node ? Decision.Allow()
            : Decision.NoOpinion("can only list/watch pods with spec.nodeName field selector"),
        { Subresource: "", Verb: "create" or "delete" } => Decision.Allow(),
        { Subresource: "status", Verb: "update" or "patch" } => Decision.Allow(),
        { Subresource: "eviction", Verb: "create" } => Decision.Allow(),
        _ => Decision.NoOpinion(),
    };

    private Decision ByRules(AuthorizationAttributes attributes) =>
        rules.Concat(FeatureRoles.NodeRules(FeatureGates.Current)).Any(rule => RuleMatch.Allows(rule, attributes)) ? Decision.Allow() : Decision.NoOpinion();
}
