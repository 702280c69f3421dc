using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.ApiServer.Tests.Subresources;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Evictions;

/// <summary>Evictions of pods that budgets guard. The tests play the controller that writes the budgets' status.</summary>
public sealed class DisruptionBudgetTests : IAsyncLifetime
{
    private const string Budgets = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
    private const string Refusal = "Cannot evict pod as it would violate the pod's disruption budget.";

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await PodCase.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [InlineData("""{"observedGeneration":1,"currentHealthy":1,"desiredHealthy":1,"expectedPods":1}""", "The disruption budget b needs 1 healthy pods and has 1 currently", "")]
    [InlineData("""{"observedGeneration":0,"disruptionsAllowed":1}""", "The disruption budget b is still being processed by the server.", "10")]
    [InlineData(
        """{"observedGeneration":1,"conditions":[{"type":"DisruptionAllowed","status":"False","reason":"SyncFailed","message":"no scale","lastTransitionTime":"2024-01-01T00:00:00Z"}]}""",
        "The disruption budget b does not allow evicting pods currently because it failed sync: no scale",
        "")]
    public async Task An_eviction_that_the_budget_has_no_room_for_is_for_later(string status, string cause, string retryAfterSeconds)
    {
        await RunningAsync("p", ready: true);
        await BudgetAsync("b", status);
        foreach (var query in new[] { "", "?dryRun=All" })
        {
            var (code, body) = await EvictAsync("p", query);
            Assert.Equal((429, "TooManyRequests", Refusal), (code, body.Text("reason"), body.Text("message")));
            Assert.Equal(("DisruptionBudget", cause), (body["details"]!["causes"]![0]!.Text("reason"), body["details"]!["causes"]![0]!.Text("message")));
            Assert.Equal(retryAfterSeconds, body.Text("details", "retryAfterSeconds"));
        }

        Assert.Null((await _server.Admin.GetAsync<Pod>("default", "p", default)).Metadata.DeletionTimestamp);
    }

    [Fact]
    public async Task An_allowed_eviction_is_counted_before_the_controller_sees_it()
    {
        await RunningAsync("p", ready: true);
        await RunningAsync("q", ready: true);
        await BudgetAsync("b", """{"observedGeneration":1,"disruptionsAllowed":1,"currentHealthy":2,"desiredHealthy":1,"expectedPods":2}""");

        Assert.Equal(201, (await EvictAsync("p", "?dryRun=All")).Code);
        Assert.Equal("1", (await BudgetAsync("b")).Text("status", "disruptionsAllowed"));
        Assert.Equal(201, (await EvictAsync("p")).Code);

        var budget = await BudgetAsync("b");
        Assert.Equal(("0", "InsufficientPods"), (budget.Text("status", "disruptionsAllowed"), budget["status"]!["conditions"]![0]!.Text("reason")));
        Assert.NotEqual("", budget.Text("status", "disruptedPods", "p"));
        Assert.Contains(budget["metadata"]!["managedFields"]!.AsArray(), static entry => entry!.Text("manager") == "kube-apiserver" && entry!.Text("subresource") == "status");
        Assert.Equal(429, (await EvictAsync("q")).Code);
    }

    [Theory]
    [InlineData("AlwaysAllow", 0, 201)]
    [InlineData("IfHealthyBudget", 0, 429)]
    [InlineData("IfHealthyBudget", 2, 201)]
    [InlineData(null, 2, 201)]
    [InlineData(null, 1, 429)]
    public async Task A_pod_that_is_not_ready_goes_uncounted_where_the_budget_lets_it(string? policy, int healthy, int code)
    {
        await RunningAsync("p", ready: false);
        await BudgetAsync("b", $$$"""{"observedGeneration":1,"currentHealthy":{{{healthy}}},"desiredHealthy":2,"expectedPods":3}""", policy);
        Assert.Equal(code, (await EvictAsync("p")).Code);
        Assert.Equal("", (await BudgetAsync("b")).Text("status", "disruptedPods", "p"));
    }

    [Fact]
    public async Task Two_budgets_for_a_pod_are_an_error()
    {
        await RunningAsync("p", ready: true);
        await BudgetAsync("a", """{"observedGeneration":1,"disruptionsAllowed":1}""");
        await BudgetAsync("b", """{"observedGeneration":1,"disruptionsAllowed":1}""");
        var (code, body) = await EvictAsync("p");
        Assert.Equal((500, "", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."), (code, body.Text("reason"), body.Text("message")));
    }

    [Fact]
    public async Task Evictions_at_the_same_time_are_no_more_than_the_budget_allows()
    {
        const int Pods = 24;
        const int Allowed = 9;
        for (var i = 0; i < Pods; i++)
        {
            await RunningAsync("p" + i, ready: true);
        }

        await BudgetAsync("b", $$$"""{"observedGeneration":1,"disruptionsAllowed":{{{Allowed}}},"currentHealthy":{{{Pods}}},"desiredHealthy":{{{Pods - Allowed}}},"expectedPods":{{{Pods}}}}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, Pods).Select(i => Task.Run(() => EvictAsync("p" + i))));
        Assert.Equal((Allowed, Pods - Allowed), (answers.Count(static answer => answer.Code == 201), answers.Count(static answer => answer.Code == 429)));
        Assert.Equal(Allowed, (await BudgetAsync("b"))["status"]!["disruptedPods"]!.AsObject().Count);
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("Succeeded")]
    public async Task A_pod_that_does_not_run_is_not_guarded(string phase)
    {
        await RunningAsync("p", ready: false, phase);
        await BudgetAsync("b", """{"observedGeneration":1}""");
        Assert.Equal(201, (await EvictAsync("p")).Code);
    }

    private async Task RunningAsync(string name, bool ready, string phase = "Running")
    {
        const string Pods = "/api/v1/namespaces/default/pods";
        await _server.SendAsync("POST", Pods, $$$$$$"""{"metadata":{"name":"{{{{{{name}}}}}}","labels":{"app":"a"}},"spec":{"nodeName":"n","containers":[{"name":"c","image":"i"}]}}""");
        var status = $$$$$$"""{"status":{"phase":"{{{{{{phase}}}}}}","conditions":[{"type":"Ready","status":"{{{{{{(ready ? "True" : "False")}}}}}}"}]}}""";
        Assert.Equal(200, (await _server.SendAsync("PATCH", $"{Pods}/{name}/status", status, "application/merge-patch+json")).Code);
    }

    private async Task BudgetAsync(string name, string status, string? unhealthyPolicy = null)
    {
        var policy = unhealthyPolicy is null ? "" : $",\"unhealthyPodEvictionPolicy\":\"{unhealthyPolicy}\"";
        var body = $$$$$$"""{"metadata":{"name":"{{{{{{name}}}}}}"},"spec":{"minAvailable":1,"selector":{"matchLabels":{"app":"a"}}{{{{{{policy}}}}}}}}""";
        Assert.Equal(201, (await _server.SendAsync("POST", Budgets, body)).Code);
        var answer = await _server.SendAsync("PATCH", $"{Budgets}/{name}/status", $$"""{"status":{{status}}}""", "application/merge-patch+json");
        Assert.True(answer.Code == 200, answer.Text);
    }

    private async Task<JsonNode> BudgetAsync(string name) => (await _server.Admin.SendAsync("GET", $"{Budgets}/{name}")).Body;

    private Task<(int Code, JsonNode Body)> EvictAsync(string name, string query = "") =>
        _server.Admin.SendAsync("POST", $"/api/v1/namespaces/default/pods/{name}/eviction{query}", $$$"""{"metadata":{"name":"{{{name}}}"}}""");
}
