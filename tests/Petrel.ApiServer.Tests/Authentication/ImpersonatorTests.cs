using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Authentication.Impersonation;
using Petrel.ApiServer.Authorization.Rbac;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authentication;

public sealed class ImpersonatorTests
{
    private readonly RbacIndex _index = new();
    private readonly HeaderDictionary _headers = [];

    [Fact]
    public async Task Without_headers_the_requestor_stays_who_he_is()
    {
        var requestor = User("bob");
        Assert.Same(requestor, (await ApplyAsync(requestor)).User);
    }

    [Fact]
    public async Task A_user_with_groups_uid_and_extra_is_taken_on_and_the_headers_are_gone()
    {
        Allow(Rule("impersonate", "core", "users groups"), Rule("impersonate", "authentication.k8s.io", "uids userextras/scopes"));
        _headers["Impersonate-User"] = "alice";
        _headers["Impersonate-Group"] = new(["g1", "g2"]);
        _headers["Impersonate-Uid"] = "7";
        _headers["impersonate-extra-Scopes"] = new(["a", "b"]);
        _headers["X-Other"] = "stays";

        var user = (await ApplyAsync(User("bob"))).User!;
        Assert.Equal(("alice", "7"), (user.Name, user.Uid));
        Assert.Equal(["g1", "g2", "system:authenticated"], user.Groups);
        Assert.Equal(["a", "b"], user.Extra["scopes"]);
        Assert.Equal(["X-Other"], _headers.Keys);
    }

    [Theory]
    [InlineData("Impersonate-User", "alice", "users \"alice\" is forbidden: User \"bob\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope")]
    [InlineData("Impersonate-User", "system:serviceaccount:ns:robot", "serviceaccounts \"robot\" is forbidden: User \"bob\" cannot impersonate resource \"serviceaccounts\" in API group \"\" in the namespace \"ns\"")]
    public async Task Each_target_needs_its_permission(string header, string value, string message)
    {
        _headers[header] = value;
        Assert.Equal(message, (await ApplyAsync(User("bob"))).Refusal!.Message);
    }

    [Fact]
    public async Task A_group_needs_a_permission_besides_the_users()
    {
        Allow(Rule("impersonate", "core", "users"));
        _headers["Impersonate-User"] = "alice";
        _headers["Impersonate-Group"] = "system:masters";
        Assert.Contains("cannot impersonate resource \"groups\"", (await ApplyAsync(User("bob"))).Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_account_gets_the_groups_of_its_namespace()
    {
        Allow(Rule("impersonate", "core", "serviceaccounts"));
        _headers["Impersonate-User"] = "system:serviceaccount:ns:robot";
        var user = (await ApplyAsync(User("bob"))).User!;
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated"], user.Groups);
    }

    [Fact]
    public async Task Anonymous_is_not_authenticated()
    {
        Allow(Rule("impersonate", "core", "users"));
        _headers["Impersonate-User"] = "system:anonymous";
        Assert.Equal(["system:unauthenticated"], (await ApplyAsync(User("bob"))).User!.Groups);
    }

    [Theory]
    [InlineData("Impersonate-Group", "g1", "requested [{Group  g1    }] without impersonating a user")]
    [InlineData("Impersonate-Uid", "7", "requested [{UID  7  authentication.k8s.io/v1  }] without impersonating a user")]
    [InlineData("Impersonate-Extra-Scopes", "a", "requested [{UserExtra  a  authentication.k8s.io/v1  scopes}] without impersonating a user")]
    public async Task Attributes_without_a_user_are_a_fault(string header, string value, string fault)
    {
        _headers[header] = value;
        Assert.Equal(fault, (await ApplyAsync(User("bob"))).Fault);
    }

    private async Task<ImpersonationResult> ApplyAsync(UserInfo requestor) =>
        await new Impersonator(new RbacAuthorizer(_index)).ApplyAsync(_headers, requestor);

    private void Allow(params Api.ApiList<Api.Rbac.PolicyRule> rules)
    {
        _index.Set(ClusterRole("c", rules));
        _index.Set(BindInCluster("b", "c", ToUser("bob")));
    }
}
