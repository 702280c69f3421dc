using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Requests;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests.Authorization;

public sealed class RequestAttributesTests
{
    [Theory]
    [InlineData("?watch=true&fieldSelector=metadata.name%3Dabc", "abc")]
    [InlineData("?fieldSelector=metadata.name%3D%3Dabc,spec.x!%3D1", "abc")]
    [InlineData("?fieldSelector=metadata.name!%3Dabc", "")]
    [InlineData("?fieldSelector=metadata.name%3Da%2Fb", "")]
    [InlineData("", "")]
    public void A_list_of_the_one_object_with_a_name_names_it(string query, string name) => Assert.Equal(name, Of("GET", "/api/v1/namespaces/ns/secrets", query).Name);

    [Fact]
    public void Field_selectors_are_part_of_the_question()
    {
        var attributes = Of("GET", "/api/v1/pods", "?fieldSelector=spec.nodeName%3Dn1");
        Assert.Equal("n1", attributes.FieldSelector.RequiredValue("spec.nodeName"));
    }

    [Fact]
    public void Other_paths_are_asked_about_as_paths()
    {
        var attributes = Of("POST", "/foo/bar", "");
        Assert.Equal((false, "post", "/foo/bar"), (attributes.IsResource, attributes.Verb, attributes.Path));
    }

    private static AuthorizationAttributes Of(string method, string path, string query)
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path, request.QueryString) = (method, path, new QueryString(query));
        return RequestAttributes.Of(User("u"), RequestInfoParser.Parse(request), request.Query);
    }
}
