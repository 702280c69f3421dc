using System.Text.Json;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Subresources;

public sealed class PodPartTests
{
    private const string Pods = "/api/v1/namespaces/default/pods/";
    private const string Strategic = "application/strategic-merge-patch+json";

    [Fact]
    public async Task Ephemeral_containers_come_and_stay()
    {
        await using var server = await PodCase.StartAsync();
        await server.CreateAsync("p");
        Assert.Equal(200, (await server.SendAsync("PATCH", Pods + "p/ephemeralcontainers", """{"spec":{"ephemeralContainers":[{"name":"d","image":"i"}],"nodeName":"x"}}""", Strategic)).Code);
        var pod = await server.Admin.GetAsync<Pod>("default", "p", CancellationToken.None);
        Assert.Equal(("d", "", 2), (Assert.Single(pod.Spec.EphemeralContainers).Name, pod.Spec.NodeName, pod.Metadata.Generation));
        Assert.Equal(422, (await server.SendAsync("PATCH", Pods + "p/ephemeralcontainers", """{"spec":{"ephemeralContainers":[{"name":"d","image":"other"}]}}""", Strategic)).Code);
    }

    [Fact]
    public async Task Resources_are_changed_by_resize_alone()
    {
        await using var server = await PodCase.StartAsync();
        await server.SendAsync("POST", Pods.TrimEnd('/'), """{"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"1"}}}]}}""");
        const string More = """{"spec":{"containers":[{"name":"c","resources":{"requests":{"cpu":"2"}}}]}}""";
        Assert.Equal(422, (await server.SendAsync("PATCH", Pods + "p", More, Strategic)).Code);
        Assert.Equal(200, (await server.SendAsync("PATCH", Pods + "p/resize", More, Strategic)).Code);
        var pod = await server.Admin.GetAsync<Pod>("default", "p", CancellationToken.None);
        Assert.Equal("2", pod.Spec.Containers[0].Resources.Requests["cpu"].ToString());
    }

    [Theory]
    [InlineData("one/log?container=zz", 400, "container zz is not valid for pod one")]
    [InlineData("two/log", 400, "a container name must be specified for pod two, choose one of: [a b]")]
    [InlineData("lost/log", 404, "nodes \"nowhere\" not found")]
    [InlineData("none/log", 404, "pods \"none\" not found")]
    [InlineData("one/log?tailLines=-1", 422, "PodLogOptions \"one\" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("one/log?tailLines=x", 400, "strconv.ParseInt: parsing \"x\": invalid syntax")]
    [InlineData("one/exec?command=ls&stdout=true", 400, "pod one does not have a host assigned")]
    [InlineData("two/exec?command=ls", 400, "a container name must be specified for pod two, choose one of: [a b]")]
    [InlineData("lost/attach", 404, "nodes \"nowhere\" not found")]
    [InlineData("one/portforward", 400, "pod one does not have a host assigned")]
    [InlineData("one/proxy/x", 400, "address not allowed")]
    [InlineData("a:b:c:d/proxy/x", 400, "invalid pod request \"a:b:c:d\"")]
    public async Task What_cannot_be_reached_is_said_before_anything_is_opened(string path, int code, string message)
    {
        await using var server = await PodCase.StartAsync();
        await server.CreateAsync("one");
        await server.CreateAsync("two", "", "a", "b");
        await server.CreateAsync("lost", "nowhere");
        var answer = await server.SendAsync("GET", Pods + path);
        using var status = JsonDocument.Parse(answer.Text);
        Assert.Equal((code, message), (answer.Code, status.RootElement.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task The_log_of_a_pod_that_no_node_has_is_empty()
    {
        await using var server = await PodCase.StartAsync();
        await server.CreateAsync("one");
        Assert.Equal((204, ""), await server.SendAsync("GET", Pods + "one/log"));
    }
}
