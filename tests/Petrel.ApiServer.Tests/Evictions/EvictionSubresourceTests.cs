using System.Text.Json;
using Petrel.Api.Core;
using Petrel.ApiServer.Tests.Subresources;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Evictions;

public sealed class EvictionSubresourceTests
{
    private const string Path = "/api/v1/namespaces/default/pods/p/eviction";

    [Fact]
    public async Task A_running_pod_says_that_it_is_evicted_and_gets_its_time_to_end()
    {
        await using var server = await PodCase.StartAsync();
        var pod = await server.CreateAsync("p", node: "n");
        await server.Admin.UpdateStatusAsync(pod with { Status = pod.Status with { Phase = "Running" } }, CancellationToken.None);

        Assert.Equal(201, (await server.SendAsync("POST", Path, """{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"p"}}""")).Code);
        pod = await server.Admin.GetAsync<Pod>("default", "p", CancellationToken.None);
        Assert.NotNull(pod.Metadata.DeletionTimestamp);
        var condition = Assert.Single(pod.Status.Conditions, condition => condition.Type == "DisruptionTarget");
        Assert.Equal(("True", "EvictionByEvictionAPI", "Eviction API: evicting"), (condition.Status, condition.Reason, condition.Message));
    }

    [Fact]
    public async Task A_pod_that_no_node_has_is_gone_at_once()
    {
        await using var server = await PodCase.StartAsync();
        await server.CreateAsync("p");
        Assert.Equal(201, (await server.SendAsync("POST", Path, """{"metadata":{"name":"p"}}""")).Code);
        Assert.Null(await server.Admin.FindAsync<Pod>("default", "p", CancellationToken.None));
    }

    [Theory]
    [InlineData("?dryRun=All", """{"metadata":{"name":"p"}}""")]
    [InlineData("", """{"metadata":{"name":"p"},"deleteOptions":{"dryRun":["All"]}}""")]
    [InlineData("?dryRun=All", """{"apiVersion":"policy/v1beta1","kind":"Eviction","metadata":{"name":"p"}}""")]
    public async Task A_dry_run_changes_nothing(string query, string body)
    {
        await using var server = await PodCase.StartAsync();
        var pod = await server.CreateAsync("p");
        Assert.Equal(201, (await server.SendAsync("POST", Path + query, body)).Code);
        Assert.Equal(pod.Metadata.ResourceVersion, (await server.Admin.GetAsync<Pod>("default", "p", CancellationToken.None)).Metadata.ResourceVersion);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"other"}}""", 400, "name in URL does not match name in Eviction object")]
    [InlineData("{}", 400, "name in URL does not match name in Eviction object")]
    [InlineData("""{"apiVersion":"policy/v1beta2","kind":"Eviction","metadata":{"name":"p"}}""", 400, "the API version in the data (policy/v1beta2) does not match the expected API version (policy/v1)")]
    [InlineData("""{"metadata":{"name":"p"},"deleteOptions":{"preconditions":{"uid":"x"}}}""", 409, "Operation cannot be fulfilled on Pod \"p\": the UID in the precondition (x) does not match")]
    public async Task What_is_no_eviction_of_this_pod_is_refused(string body, int code, string message)
    {
        await using var server = await PodCase.StartAsync();
        await server.CreateAsync("p");
        var answer = await server.SendAsync("POST", Path, body);
        Assert.Equal(code, answer.Code);
        using var status = JsonDocument.Parse(answer.Text);
        Assert.StartsWith(message, status.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.NotNull(await server.Admin.FindAsync<Pod>("default", "p", CancellationToken.None));
    }
}
