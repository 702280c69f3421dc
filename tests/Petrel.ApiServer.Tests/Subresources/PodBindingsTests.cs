using System.Text.Json;
using Xunit;

namespace Petrel.ApiServer.Tests.Subresources;

public sealed class PodBindingsTests
{
    private const string Bindings = "/api/v1/namespaces/default/bindings";

    [Fact]
    public async Task The_old_path_binds_the_pod_that_the_body_names_once()
    {
        await using var server = await PodCase.StartAsync();
        await server.CreateAsync("p");

        var first = await server.SendAsync("POST", Bindings, """{"metadata":{"name":"p"},"target":{"kind":"Node","name":"n"}}""");
        var second = await server.SendAsync("POST", Bindings, """{"metadata":{"name":"p"},"target":{"name":"m"}}""");
        var pod = await server.SendAsync("GET", "/api/v1/namespaces/default/pods/p");

        using var document = JsonDocument.Parse(pod.Text);
        Assert.Equal((201, 409, "n"), (first.Code, second.Code, document.RootElement.GetProperty("spec").GetProperty("nodeName").GetString()));
    }

    [Fact]
    public async Task A_binding_may_insist_on_a_version_of_the_pod()
    {
        await using var server = await PodCase.StartAsync();
        var version = (await server.CreateAsync("p")).Metadata.ResourceVersion;

        var refused = await server.SendAsync("POST", Bindings, """{"metadata":{"name":"p","resourceVersion":"1"},"target":{"name":"n"}}""");
        using var status = JsonDocument.Parse(refused.Text);
        Assert.Equal(
            (409, $"Operation cannot be fulfilled on pods \"p\": StorageError: invalid object, Code: 4, Key: /registry/pods/default/p, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ResourceVersion in precondition: 1, ResourceVersion in object meta: {version}"),
            (refused.Code, status.RootElement.GetProperty("message").GetString()));
        Assert.Equal(201, (await server.SendAsync("POST", Bindings, $$$"""{"metadata":{"name":"p","resourceVersion":"{{{version}}}"},"target":{"name":"n"}}""")).Code);
    }

    [Theory]
    [InlineData("POST", """{"metadata":{"name":"absent"},"target":{"name":"n"}}""", 404)]
    [InlineData("POST", """{"target":{"name":"n"}}""", 400)]
    [InlineData("POST", """{"metadata":{"name":"p"},"target":{}}""", 500)]
    [InlineData("GET", "", 405)]
    public async Task What_cannot_be_bound_is_refused(string method, string body, int code)
    {
        await using var server = await PodCase.StartAsync();
        Assert.Equal(code, (await server.SendAsync(method, Bindings, body)).Code);
    }

    [Fact]
    public async Task Components_are_listed_and_read_by_name()
    {
        await using var server = await TestServer.StartAsync();
        const string Path = "/api/v1/componentstatuses";

        var list = await server.SendAsync("GET", Path);
        var store = await server.SendAsync("GET", Path + "/etcd-0");

        using var all = JsonDocument.Parse(list.Text);
        using var one = JsonDocument.Parse(store.Text);
        Assert.Equal(
            ["controller-manager", "scheduler", "etcd-0"],
            all.RootElement.GetProperty("items").EnumerateArray().Select(static item => item.GetProperty("metadata").GetProperty("name").GetString()));
        Assert.False(all.RootElement.GetProperty("metadata").TryGetProperty("resourceVersion", out _));
        Assert.Equal("True", one.RootElement.GetProperty("conditions")[0].GetProperty("status").GetString());
        Assert.Equal((404, 405), ((await server.SendAsync("GET", Path + "/other")).Code, (await server.SendAsync("DELETE", Path + "/etcd-0")).Code));
    }
}
