using Petrel.ApiServer.Authorization;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization;

public sealed class ForbiddenMessageTests
{
    [Theory]
    [InlineData("list", "pods", "", "ns", "", "pods is forbidden: User \"u\" cannot list resource \"pods\" in API group \"\" in the namespace \"ns\"")]
    [InlineData("list", "pods", "", "", "", "pods is forbidden: User \"u\" cannot list resource \"pods\" in API group \"\" at the cluster scope")]
    [InlineData("get", "deployments/scale", "apps", "ns", "d", "deployments.apps \"d\" is forbidden: User \"u\" cannot get resource \"deployments/scale\" in API group \"apps\" in the namespace \"ns\"")]
    public void Resources_are_named_with_group_and_scope(string verb, string resource, string group, string @namespace, string name, string message)
    {
        var status = ForbiddenMessage.Refuse(Ask(User("u"), verb, resource, @namespace, name, group), "");
        Assert.Equal((403, "Forbidden", message), (status.Code, status.Reason, status.Message));
        Assert.Equal((resource.Split('/')[0], group, name), (status.Details!.Kind, status.Details.Group, status.Details.Name));
    }

    [Fact]
    public void Paths_and_reasons_are_told() => Assert.Equal(
        "forbidden: User \"u\" cannot get path \"/logs/\": because",
        ForbiddenMessage.Refuse(AskPath(User("u"), "get", "/logs/"), "because").Message);

    [Fact]
    public void What_a_browser_could_take_for_markup_is_escaped() => Assert.Contains(
        "User \"&lt;b&gt;&amp;\"", ForbiddenMessage.Refuse(AskPath(User("<b>&"), "get", "/"), "").Message, StringComparison.Ordinal);
}
