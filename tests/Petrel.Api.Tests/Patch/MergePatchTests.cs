using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Patch;

namespace Petrel.Api.Tests.Patch;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"data":{"a":null,"b":"3","c":"4"}}""", """{"data":{"b":"3","c":"4"},"list":[1]}""")]
    [InlineData("""{"data":null}""", """{"list":[1]}""")]
    [InlineData("""{"list":[null,{"x":null,"y":1}]}""", """{"data":{"a":"1","b":"2"},"list":[null,{"y":1}]}""")]
    [InlineData("""{"data":{"a":{"x":1,"y":null}}}""", """{"data":{"a":{"x":1},"b":"2"},"list":[1]}""")]
    [InlineData("""{"data":["x"]}""", """{"data":["x"],"list":[1]}""")]
    [InlineData("{}", """{"data":{"a":"1","b":"2"},"list":[1]}""")]
    public void Objects_merge_and_null_removes(string patch, string expected)
    {
        var document = (JsonMap)JsonTree.Parse("""{"data":{"a":"1","b":"2"},"list":[1]}""");
        Assert.Equal(expected, MergePatch.Apply(document, Encoding.UTF8.GetBytes(patch)).Result?.ToString());
    }

    [Theory]
    [InlineData("[]", "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("\"x\"", "error decoding patch: json: cannot unmarshal string into Go value of type map[string]interface {}")]
    [InlineData("{", "error decoding patch: unexpected end of JSON input")]
    [InlineData("", "error decoding patch: unexpected end of JSON input")]
    [InlineData("null", "Invalid JSON Patch")]
    [InlineData("data: {}", "error decoding patch: invalid character 'd' looking for beginning of value")]
    public void A_body_that_is_no_object_is_a_bad_request(string patch, string message) =>
        Assert.Equal(PatchFailure.BadRequest(message), MergePatch.Apply(JsonMap.Empty, Encoding.UTF8.GetBytes(patch)).Failure);

    [Fact]
    public void Names_given_twice_are_reported() =>
        Assert.Equal(["data.x"], MergePatch.Apply(JsonMap.Empty, """{"data":{"x":"1","x":"2"}}"""u8).Duplicates);
}
