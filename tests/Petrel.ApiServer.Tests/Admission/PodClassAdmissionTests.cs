using System.Text.Json.Nodes;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Tests.Subresources;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

/// <summary>Priority classes and runtime classes, and the pods that name them.</summary>
public sealed class PodClassAdmissionTests : IAsyncLifetime
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Priorities = "/apis/scheduling.k8s.io/v1/priorityclasses";
    private const string Runtimes = "/apis/node.k8s.io/v1/runtimeclasses";

    private TestServer _server = null!;

    public async Task InitializeAsync() => _server = await PodCase.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task A_pod_gets_number_and_policy_of_its_class_and_of_the_default_one_when_it_names_none()
    {
        await CreateAsync(Priorities, """{"metadata":{"name":"high"},"value":1000,"preemptionPolicy":"Never"}""");
        Assert.Equal(("high", "1000", "Never"), Priority(await CreateAsync(Pods, Pod("a", "\"priorityClassName\":\"high\""))));
        Assert.Equal(("", "0", "PreemptLowerPriority"), Priority(await CreateAsync(Pods, Pod("b"))));

        await CreateAsync(Priorities, """{"metadata":{"name":"usual"},"value":7,"globalDefault":true}""");
        await UntilAsync(async () => Priority((await _server.Admin.SendAsync("POST", Pods + "?dryRun=All", Pod("c"))).Body).Class == "usual");
        Assert.Equal(("usual", "7", "PreemptLowerPriority"), Priority(await CreateAsync(Pods, Pod("c"))));
    }

    [Theory]
    [InlineData("\"priorityClassName\":\"absent\"", "no PriorityClass with name absent was found")]
    [InlineData("\"priorityClassName\":\"high\",\"priority\":5", "the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 1000 from the given PriorityClass name")]
    [InlineData("\"priorityClassName\":\"high\",\"preemptionPolicy\":\"Never\"", "the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name")]
    [InlineData("\"runtimeClassName\":\"absent\"", "pod rejected: RuntimeClass \"absent\" not found")]
    [InlineData("\"overhead\":{\"cpu\":\"1\"}", "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")]
    [InlineData("\"runtimeClassName\":\"vm\",\"overhead\":{\"cpu\":\"1\"}", "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")]
    [InlineData("\"runtimeClassName\":\"vm\",\"nodeSelector\":{\"kind\":\"bare\"}", "conflict: runtimeClass.scheduling.nodeSelector[kind] = vm; pod.spec.nodeSelector[kind] = bare")]
    public async Task What_contradicts_a_class_is_refused(string spec, string why)
    {
        await CreateAsync(Priorities, """{"metadata":{"name":"high"},"value":1000}""");
        await CreateAsync(Runtimes, """{"metadata":{"name":"vm"},"handler":"h","overhead":{"podFixed":{"cpu":"100m"}},"scheduling":{"nodeSelector":{"kind":"vm"}}}""");
        var answer = await _server.Admin.SendAsync("POST", Pods, Pod("p", spec));
        Assert.Equal((403, "pods \"p\" is forbidden: " + why), (answer.Code, answer.Body.Text("message")));
    }

    [Theory]
    [InlineData("\"priorityClassName\":\"absent\"", "no PriorityClass with name absent was found")]
    [InlineData("\"serviceAccountName\":\"absent\"", "error looking up service account default/absent: serviceaccount \"absent\" not found")]
    public async Task A_refused_pod_without_a_name_is_called_by_the_beginning_of_it(string spec, string why)
    {
        var answer = await _server.Admin.SendAsync("POST", Pods, Pod("p", spec).Replace("\"name\":\"p\"", "\"generateName\":\"web-\"", StringComparison.Ordinal));
        Assert.Equal(("pods \"web-\" is forbidden: " + why, "web-"), (answer.Body.Text("message"), answer.Body.Text("details", "name")));
    }

    [Fact]
    public async Task A_runtime_class_adds_overhead_selector_and_tolerations()
    {
        await CreateAsync(
            Runtimes,
            """{"metadata":{"name":"vm"},"handler":"h","overhead":{"podFixed":{"cpu":"100m"}},"scheduling":{"nodeSelector":{"kind":"vm"},"tolerations":[{"key":"a","operator":"Exists"},{"key":"b","operator":"Exists","effect":"NoSchedule"}]}}""");
        var pod = await CreateAsync(Pods, Pod("p", """
            "runtimeClassName":"vm","overhead":{"cpu":"0.1"},"nodeSelector":{"disk":"ssd"},"tolerations":[{"key":"a","operator":"Exists","effect":"NoSchedule"},{"key":"c","operator":"Exists"}]
            """));
        Assert.Equal("""{"cpu":"100m"}""", pod["spec"]!["overhead"]!.ToJsonString());
        Assert.Equal("""{"disk":"ssd","kind":"vm"}""", pod["spec"]!["nodeSelector"]!.ToJsonString());
        var tolerations = pod["spec"]!["tolerations"]!.AsArray().Select(static toleration => $"{toleration!["key"]} {toleration["effect"]}").ToList();
        Assert.Equal(["c ", "node.kubernetes.io/not-ready NoExecute", "node.kubernetes.io/unreachable NoExecute", "a ", "b NoSchedule"], tolerations);
    }

    [Fact]
    public async Task One_class_only_is_the_default()
    {
        await CreateAsync(Priorities, """{"metadata":{"name":"first"},"value":1,"globalDefault":true}""");
        const string Why = "is forbidden: PriorityClass first is already marked as default. Only one default can exist";
        await UntilAsync(async () => (await _server.Admin.SendAsync("POST", Priorities + "?dryRun=All", """{"metadata":{"name":"second"},"value":2,"globalDefault":true}""")).Body.Text("message")
            == "priorityclasses.scheduling.k8s.io \"second\" " + Why);
        await CreateAsync(Priorities, """{"metadata":{"name":"second"},"value":2}""");
        var answer = await _server.Admin.SendAsync("PATCH", Priorities + "/second", """{"globalDefault":true}""", "application/merge-patch+json");
        Assert.Equal((403, "priorityclasses.scheduling.k8s.io \"second\" " + Why), (answer.Code, answer.Body.Text("message")));
        Assert.Equal(200, (await _server.Admin.SendAsync("PATCH", Priorities + "/first", """{"description":"d"}""", "application/merge-patch+json")).Code);
    }

    [Fact]
    public async Task System_classes_are_made_at_the_start_and_cannot_be_deleted()
    {
        var steps = new SystemPriorityClasses();
        await steps.RunAsync(_server.Admin, default);
        await steps.RunAsync(_server.Admin, default);
        Assert.Equal(("system-node-critical", "2000001000", "PreemptLowerPriority"), Priority(await CreateAsync(Pods, Pod("p", "\"priorityClassName\":\"system-node-critical\""))));
        var answer = await _server.Admin.SendAsync("DELETE", Priorities + "/system-node-critical");
        Assert.Equal(
            (403, "priorityclasses.scheduling.k8s.io \"system-node-critical\" is forbidden: this is a system priority class and cannot be deleted"),
            (answer.Code, answer.Body.Text("message")));

        // Upstream does not look when all are deleted together.
        Assert.Equal(200, (await _server.Admin.SendAsync("DELETE", Priorities)).Code);
        Assert.Empty((await _server.Admin.SendAsync("GET", Priorities)).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task The_server_is_not_ready_before_its_first_objects_are_made()
    {
        const string Check = "/readyz/poststarthook/scheduling/bootstrap-system-priority-classes";
        Assert.Equal((500, "internal server error: not finished\n"), await _server.SendAsync("GET", Check));
        _server.Server.Bootstrapping.Finish(new SystemPriorityClasses().Hook);
        Assert.Equal((200, "ok"), await _server.SendAsync("GET", Check));
        Assert.Contains("[-]poststarthook/rbac/bootstrap-roles failed: reason withheld", (await _server.SendAsync("GET", "/readyz")).Text, StringComparison.Ordinal);
    }

    private static string Pod(string name, string spec = "\"hostPID\":false") =>
        $$$$$$"""{"metadata":{"name":"{{{{{{name}}}}}}"},"spec":{"containers":[{"name":"c","image":"i"}],{{{{{{spec}}}}}}}}""";

    private static (string Class, string Priority, string Policy) Priority(JsonNode pod) =>
        (pod.Text("spec", "priorityClassName"), pod.Text("spec", "priority"), pod.Text("spec", "preemptionPolicy"));

    private async Task<JsonNode> CreateAsync(string path, string body)
    {
        var answer = await _server.Admin.SendAsync("POST", path, body);
        Assert.True(answer.Code == 201, answer.Body.ToJsonString());
        return answer.Body;
    }

    // The index follows the store at once, but not in the same step.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
