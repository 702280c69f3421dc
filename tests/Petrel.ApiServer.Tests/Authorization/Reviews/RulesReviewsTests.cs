using Petrel.Api.Authorization;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Authorization.Reviews;
using Petrel.ApiServer.Responses;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization.Reviews;

public sealed class RulesReviewsTests
{
    private static readonly SelfSubjectRulesReview Question = new() { Spec = new SelfSubjectRulesReviewSpec { Namespace = "ns" } };

    private readonly RbacIndex _index = new();

    [Fact]
    public void The_rules_of_all_bindings_are_listed_those_of_the_cluster_first()
    {
        _index.Set(ClusterRole("c", PathRule("get", "/healthz"), Rule("create", "apps", "deployments")));
        _index.Set(BindInCluster("c", "c", ToGroup("g")));
        _index.Set(Role("ns", "r", Rule("get list", "core", "pods", names: "a b"), Rule("create", "apps", "deployments")));
        _index.Set(Bind("ns", "b", "Role", "r", ToUser("u")));
        _index.Set(Role("other", "r", Rule("*", "*", "*")));
        _index.Set(Bind("other", "b", "Role", "r", ToUser("u")));

        var status = new RulesReviews(_index).Review(Question, User("u", "g")).Status;
        Assert.Equal(
        [
            new ResourceRule { Verbs = ["create"], ApiGroups = ["apps"], Resources = ["deployments"] },
            new ResourceRule { Verbs = ["get", "list"], ApiGroups = [""], Resources = ["pods"], ResourceNames = ["a", "b"] },
        ],
        status.ResourceRules);
        Assert.Equal([new NonResourceRule { Verbs = ["get"], NonResourceURLs = ["/healthz"] }], status.NonResourceRules);
        Assert.Equal((false, ""), (status.Incomplete, status.EvaluationError));
    }

    [Fact]
    public void The_list_is_incomplete_for_nodes_and_with_missing_roles()
    {
        _index.Set(Bind("ns", "b", "Role", "missing", ToUser("u")));
        var status = new RulesReviews(_index).Review(Question, User("u")).Status;
        Assert.Equal((true, "role.rbac.authorization.k8s.io \"missing\" not found"), (status.Incomplete, status.EvaluationError));
        status = new RulesReviews(_index).Review(Question, User("system:node:n", "system:nodes")).Status;
        Assert.Equal((true, "node authorizer does not support user rule resolution"), (status.Incomplete, status.EvaluationError));
    }

    [Fact]
    public void The_answer_does_not_repeat_the_question() => Assert.Equal(new SelfSubjectRulesReviewSpec(), new RulesReviews(_index).Review(Question, User("u")).Spec);

    [Fact]
    public void A_namespace_is_needed() => Assert.Equal(
        "no namespace on request", Assert.Throws<StatusException>(() => new RulesReviews(_index).Review(new SelfSubjectRulesReview(), User("u"))).Message);
}
