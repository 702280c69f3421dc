using System.Text;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Patch;

namespace Petrel.Api.Tests.Patch;

public sealed class StrategicMergePatchTests
{
    [Theory]
    [InlineData("""{"containers":[{"name":"a","args":["1"],"command":["c"]}]}""", """{"containers":[{"name":"a","args":["3"],"command":[]}]}""", """{"containers":[{"name":"a","args":["3"],"command":[]}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"z","image":"i","tty":null}]}""", """{"containers":[{"name":"z","image":"i"},{"name":"a"},{"name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"a","$patch":"delete"},{"name":"nope","$patch":"delete"}]}""", """{"containers":[{"name":"b"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b","image":"i1"}]}""", """{"containers":[{"name":"b","image":"i9"}]}""", """{"containers":[{"name":"a"},{"name":"b","image":"i9"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"containers":[{"name":"q"},{"$patch":"replace"}]}""", """{"containers":[{"name":"q"}]}""")]
    [InlineData("""{"containers":[{"name":"a"}]}""", """{"containers":[{"$patch":"replace"}]}""", """{"containers":[]}""")]
    [InlineData("""{"containers":[{"name":"a","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}]}""", """{"containers":[{"name":"a","env":[{"name":"B","value":"9"},{"name":"C","value":"3"}]}]}""", """{"containers":[{"name":"a","env":[{"name":"A","value":"1"},{"name":"B","value":"9"},{"name":"C","value":"3"}]}]}""")]
    [InlineData("""{"containers":[{"name":"a","env":[{"name":"A","value":"1"},{"name":"A","value":"2"}]}]}""", """{"containers":[{"name":"a","env":[{"name":"A","value":"9"}]}]}""", """{"containers":[{"name":"a","env":[{"name":"A","value":"9"},{"name":"A","value":"2"}]}]}""")]
    [InlineData("""{"imagePullSecrets":[{"name":"x"}]}""", """{"imagePullSecrets":[{"name":"y"}]}""", """{"imagePullSecrets":[{"name":"y"},{"name":"x"}]}""")]
    [InlineData("""{"tolerations":[{"key":"a"}]}""", """{"tolerations":[{"key":"b"}]}""", """{"tolerations":[{"key":"b"}]}""")]
    [InlineData("""{"securityContext":{"fsGroup":3}}""", """{"securityContext":{"$patch":"delete"}}""", """{"securityContext":{}}""")]
    [InlineData("""{"securityContext":{"fsGroup":3}}""", """{"securityContext":{"$patch":"replace","runAsUser":1}}""", """{"securityContext":{"runAsUser":1}}""")]
    [InlineData("""{"volumes":[{"name":"v","emptyDir":{}}]}""", """{"volumes":[{"$retainKeys":["name","configMap"],"name":"v","configMap":{"name":"x"}}]}""", """{"volumes":[{"name":"v","configMap":{"name":"x"}}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"},{"name":"c"}]}""", """{"$setElementOrder/containers":[{"name":"c"},{"name":"a"}],"containers":[{"name":"a","image":"i"}]}""", """{"containers":[{"name":"b"},{"name":"c"},{"name":"a","image":"i"}]}""")]
    [InlineData("""{"containers":[{"name":"a"},{"name":"b"}]}""", """{"$setElementOrder/containers":[{"name":"b"},{"name":"a"}]}""", """{"containers":[{"name":"b"},{"name":"a"}]}""")]
    [InlineData("""{"nodeSelector":{"a":"1","b":"2"}}""", """{"nodeSelector":{"a":null,"c":"3"}}""", """{"nodeSelector":{"b":"2","c":"3"}}""")]
    [InlineData("{}", """{"securityContext":{"$patch":"delete","fsGroup":1,"runAsUser":null},"containers":[{"name":"x","$patch":"delete"},{"name":"a"}]}""", """{"securityContext":{"fsGroup":1},"containers":[{"name":"a"}]}""")]
    public void Lists_merge_by_the_schema(string spec, string patch, string expected)
    {
        var outcome = StrategicMergePatch.Apply((JsonMap)JsonTree.Parse(spec), Encoding.UTF8.GetBytes(patch), PodSpec.Schema);
        Assert.Null(outcome.Failure);
        Assert.Equal(expected, outcome.Result?.ToString());
    }

    [Theory]
    [InlineData("""{"finalizers":["a","b","c"]}""", """{"$setElementOrder/finalizers":["c","z","a"],"finalizers":["z"]}""", """{"finalizers":["b","c","z","a"]}""")]
    [InlineData("""{"finalizers":["a","b"]}""", """{"finalizers":["c","b"]}""", """{"finalizers":["c","a","b"]}""")]
    [InlineData("""{"finalizers":["a","b"]}""", """{"$deleteFromPrimitiveList/finalizers":["a","x"]}""", """{"finalizers":["b"]}""")]
    [InlineData("""{"finalizers":["a","b"]}""", """{"$deleteFromPrimitiveList/finalizers":"a"}""", """{"finalizers":["a","b"]}""")]
    public void Lists_of_plain_values_merge_as_sets(string metadata, string patch, string expected)
    {
        var outcome = StrategicMergePatch.Apply((JsonMap)JsonTree.Parse(metadata), Encoding.UTF8.GetBytes(patch), Meta.ObjectMeta.Schema);
        Assert.Null(outcome.Failure);
        Assert.Equal(expected, outcome.Result?.ToString());
    }

    [Theory]
    [InlineData("""{"containers":[{"image":"x"}]}""", 500, "map: map[image:x] does not contain declared merge key: name")]
    [InlineData("""{"containers":[{"$patch":"delete"}]}""", 500, "map: map[$patch:delete] does not contain declared merge key: name")]
    [InlineData("""{"containers":[{"name":"b","$patch":"frob"}]}""", 500, "unknown patch type: frob in map: map[$patch:frob name:b]")]
    [InlineData("""{"securityContext":{"$patch":"frob"}}""", 500, "unknown patch type: frob in map: map[$patch:frob]")]
    [InlineData("""{"containers":[{"name":"b","$patch":5}]}""", 500, "unknown patch type: %!s(int64=5) in map: map[$patch:5 name:b]")]
    [InlineData("""{"containers":[{"name":"b","$patch":"merge"}]}""", 500, "merging lists cannot yet be specified in the patch")]
    [InlineData("""{"$patch":"merge","dnsPolicy":"Default"}""", 500, "unknown patch type: merge in map: map[$patch:merge dnsPolicy:Default]")]
    [InlineData("""{"$setElementOrder/containers":[{"name":"a"}],"containers":[{"name":"b","image":"x"}]}""", 500, "The order in patch list:\n[map[image:x name:b]]\n doesn't match $setElementOrder list:\n[map[name:a]]\n")]
    [InlineData("""{"$setElementOrder/containers":"x"}""", 500, "expected a []interface {}, but received a string")]
    [InlineData("""{"$setElementOrder":[]}""", 400, "invalid patch format of setElementOrder list")]
    [InlineData("""{"$deleteFromPrimitiveList":[]}""", 400, "invalid patch format of primitive list")]
    [InlineData("""{"$setElementOrder/nope":[]}""", 500, "unable to find api field in struct PodSpec for the json field \"nope\"")]
    [InlineData("""{"$retainKeys":["dnsPolicy"],"containers":[]}""", 400, "invalid patch format of retainKeys")]
    [InlineData("""{"$retainKeys":"dnsPolicy"}""", 400, "invalid patch format of retainKeys")]
    [InlineData("""{"containers":[null]}""", 500, "list element types are not identical: map[string]interface {}, <nil>")]
    [InlineData("""{"containers":[["x"]]}""", 500, "list element types are not identical: map[string]interface {}, []interface {}")]
    public void A_patch_that_cannot_be_merged_is_refused(string patch, int code, string message)
    {
        var spec = (JsonMap)JsonTree.Parse("""{"containers":[{"name":"a"},{"name":"b"}],"securityContext":{"fsGroup":1}}""");
        var outcome = StrategicMergePatch.Apply(spec, Encoding.UTF8.GetBytes(patch), PodSpec.Schema);
        Assert.Equal((code, message), (outcome.Failure?.Code, outcome.Failure?.Message));
    }

    [Fact]
    public void The_patch_is_described_as_upstream_prints_it() =>
        Assert.Equal(
            "map[spec:map[ports:[map[port:80 targetPort:true]]]]",
            StrategicMergePatch.Apply(JsonMap.Empty, """{"spec":{"ports":[{"targetPort":true,"port":80}]}}"""u8, Pod.Schema).Description);
}
