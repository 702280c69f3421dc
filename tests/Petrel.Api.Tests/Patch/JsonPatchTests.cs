using System.Text;
using Petrel.Api.Json;
using Petrel.Api.Patch;

namespace Petrel.Api.Tests.Patch;

public sealed class JsonPatchTests
{
    private const string Document = """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["p","q","r"]}""";

    [Theory]
    [InlineData("""[{"op":"add","path":"/data/a","value":"9"}]""", """{"kind":"K","data":{"a":"9","b":"2","e.io/x":"3"},"list":["p","q","r"]}""")]
    [InlineData("""[{"op":"add","path":"/list/-","value":"z"},{"op":"add","path":"/list/04","value":"y"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["p","q","r","z","y"]}""")]
    [InlineData("""[{"op":"add","path":"/list/0","value":"z"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["z","p","q","r"]}""")]
    [InlineData("""[{"op":"add","path":"/list/-1","value":"z"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["p","q","r","z"]}""")]
    [InlineData("""[{"op":"remove","path":"/list/-1"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["p","q"]}""")]
    [InlineData("""[{"op":"replace","path":"/list/1","value":"z"},{"op":"remove","path":"/list/0"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["z","r"]}""")]
    [InlineData("""[{"op":"move","from":"/list/2","path":"/list/0"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["r","p","q"]}""")]
    [InlineData("""[{"op":"copy","from":"/data/a","path":"/data/c"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3","c":"1"},"list":["p","q","r"]}""")]
    [InlineData("""[{"op":"copy","from":"/data/nope","path":"/data/c"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3","c":null},"list":["p","q","r"]}""")]
    [InlineData("""[{"op":"remove","path":"/data/e.io~1x"}]""", """{"kind":"K","data":{"a":"1","b":"2"},"list":["p","q","r"]}""")]
    [InlineData("""[{"op":"add","path":"data/x","value":"9"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"},"list":["p","q","r"],"x":"9"}""")]
    [InlineData("""[{"op":"add","path":"/data/x"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3","x":null},"list":["p","q","r"]}""")]
    [InlineData("""[{"op":"test","path":"/data","value":{"b":"2","a":"1","e.io/x":"3"}},{"op":"remove","path":"/list"}]""", """{"kind":"K","data":{"a":"1","b":"2","e.io/x":"3"}}""")]
    [InlineData("""[{"op":"test","path":"/data/zz","value":null},{"op":"test","path":"/list/2","value":"r"}]""", Document)]
    [InlineData("[]", Document)]
    [InlineData("null", Document)]
    public void Operations_change_the_document(string patch, string expected)
    {
        var outcome = JsonPatch.Apply((JsonMap)JsonTree.Parse(Document), Encoding.UTF8.GetBytes(patch));
        Assert.Equal(expected, outcome.Result?.ToString());
    }

    [Theory]
    [InlineData("""[{"op":"add","path":"/none/x","value":"9"}]""")]
    [InlineData("""[{"op":"add","path":"/data/a/b","value":"9"}]""")]
    [InlineData("""[{"op":"add","path":"/list/9","value":"9"}]""")]
    [InlineData("""[{"op":"add","path":"/list/-9","value":"9"}]""")]
    [InlineData("""[{"op":"add","path":"/list/x","value":"9"}]""")]
    [InlineData("""[{"op":"remove","path":"/list/3"}]""")]
    [InlineData("""[{"op":"remove","path":"/data/zz"}]""")]
    [InlineData("""[{"op":"remove","path":"/data/e.io/x"}]""")]
    [InlineData("""[{"op":"replace","path":"/list/3","value":"z"}]""")]
    [InlineData("""[{"op":"test","path":"/data/a","value":"2"}]""")]
    [InlineData("""[{"op":"test","path":"/data/zz","value":"no"}]""")]
    [InlineData("""[{"op":"move","path":"/data/x"}]""")]
    [InlineData("""[{"op":"move","from":"/data/zz","path":"/data/x"}]""")]
    [InlineData("""[{"op":"add","value":"1"}]""")]
    [InlineData("""[{"path":"/data/x","value":"1"}]""")]
    [InlineData("""[{"op":"frob","path":"/data/x"}]""")]
    [InlineData("[null]")]
    [InlineData("""[{"op":"replace","path":"","value":"x"}]""")]
    public void An_operation_that_does_not_fit_is_unprocessable(string patch)
    {
        var outcome = JsonPatch.Apply((JsonMap)JsonTree.Parse(Document), Encoding.UTF8.GetBytes(patch));
        Assert.Equal(PatchFailure.Unprocessable, outcome.Failure);
    }

    [Theory]
    [InlineData("""{"op":"add"}""", "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp")]
    [InlineData("[{", "error decoding patch: unexpected end of JSON input")]
    [InlineData("\"x\"", "error decoding patch: json: cannot unmarshal string into Go value of type []handlers.jsonPatchOp")]
    [InlineData("", "error decoding patch: unexpected end of JSON input")]
    [InlineData("[1]", "error decoding patch: json: cannot unmarshal number into Go value of type handlers.jsonPatchOp")]
    [InlineData("""[{"op":5}]""", "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string")]
    public void A_body_that_is_no_patch_is_a_bad_request(string patch, string message)
    {
        var outcome = JsonPatch.Apply(JsonMap.Empty, Encoding.UTF8.GetBytes(patch));
        Assert.Equal(PatchFailure.BadRequest(message), outcome.Failure);
    }

    [Fact]
    public void Operations_are_limited()
    {
        var patch = "[" + string.Join(',', Enumerable.Repeat("{}", 10_001)) + "]";
        var outcome = JsonPatch.Apply(JsonMap.Empty, Encoding.UTF8.GetBytes(patch));
        Assert.Equal(new PatchFailure(413, "RequestEntityTooLarge", "Request entity too large: The allowed maximum operations in a JSON patch is 10000, got 10001"), outcome.Failure);
    }

    [Fact]
    public void Copies_are_limited()
    {
        var document = JsonMap.Create(("a", new string('x', 1 << 20)));
        var patch = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, 4).Select(static i => $$"""{"op":"copy","from":"/a","path":"/b{{i}}"}""")) + "]");
        Assert.Equal(PatchFailure.Unprocessable, JsonPatch.Apply(document, patch).Failure);
    }
}
