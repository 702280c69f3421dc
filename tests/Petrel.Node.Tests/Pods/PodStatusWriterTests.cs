using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class PodStatusWriterTests
{
    [Fact]
    public void What_the_node_decides_is_replaced_and_what_others_decide_is_left_out()
    {
        PodCondition gate = new() { Type = "example.com/gate", Status = "True" };
        var status = new PodStatus
        {
            Phase = "Running",
            PodIP = "10.0.0.1",
            PodIPs = [new() { Ip = "10.0.0.1" }],
            Conditions = [new() { Type = "Ready", Status = "True" }, gate],
        };

        var patch = JsonNode.Parse(PodStatusWriter.Patch(new Pod { Metadata = new() { Uid = "u1" }, Status = new() { Conditions = [gate] } }, status))!;

        Assert.Equal("u1", (string?)patch["metadata"]!["uid"]);
        Assert.Equal("""[{"$patch":"replace"},{"ip":"10.0.0.1"}]""", patch["status"]!["podIPs"]!.ToJsonString());
        var condition = Assert.Single(patch["status"]!["conditions"]!.AsArray())!.AsObject();
        Assert.Equal("Ready", (string?)condition["type"]);
        Assert.True(condition.ContainsKey("reason") && condition["reason"] is null);
        Assert.True(patch["status"]!.AsObject().ContainsKey("reason") && patch["status"]!["reason"] is null);
        Assert.False(patch["status"]!.AsObject().ContainsKey("nominatedNodeName"));
    }
}
