using Petrel.Api.FlowControl;
using Petrel.Api.Meta;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Fairness;

/// <summary>Priority and fairness as clients see it through the front door.</summary>
public sealed class PriorityAndFairnessTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
    private TestServer _server = null!;
    private HttpClient _client = null!;
    private Task _running = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _client = TestServer.Client(await _server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
        _running = _server.Server.FollowFlowControlAsync(_stop.Token);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _stop.CancelAsync();
        await _running;
        await _server.DisposeAsync();
        _stop.Dispose();
        _deadline.Dispose();
    }

    [Fact]
    public async Task Every_answer_names_its_flow_schema_and_priority_level()
    {
        var (schema, level) = (await FindAsync<FlowSchema>("exempt"), await FindAsync<PriorityLevelConfiguration>("exempt"));
        HttpResponseMessage answer;
        do
        {
            // Until the stored objects are in force, they have no identity.
            answer = await _client.GetAsync("/version", _deadline.Token);
        }
        while (!answer.Headers.TryGetValues("X-Kubernetes-PF-FlowSchema-UID", out var uids) || uids.Single().Length == 0);

        Assert.Equal(schema.Metadata.Uid, answer.Headers.GetValues("X-Kubernetes-PF-FlowSchema-UID").Single());
        Assert.Equal(level.Metadata.Uid, answer.Headers.GetValues("X-Kubernetes-PF-PriorityLevel-UID").Single());
    }

    [Fact]
    public async Task A_schema_tells_whether_its_level_exists()
    {
        var rules = new PolicyRulesWithSubjects
        {
            Subjects = [new Subject { Kind = Subject.UserKind, User = new UserSubject { Name = "nobody" } }],
            NonResourceRules = [new NonResourcePolicyRule { Verbs = ["get"], NonResourceURLs = ["/none"] }],
        };
        var schema = new FlowSchema
        {
            Metadata = new ObjectMeta { Name = "test" },
            Spec = new FlowSchemaSpec { MatchingPrecedence = 1000, PriorityLevelConfiguration = new PriorityLevelConfigurationReference { Name = "later" }, Rules = [rules] },
        };
        await _server.Admin.CreateAsync(schema, default);
        var missing = await ConditionAsync("True");
        Assert.Equal(("NotFound", "This FlowSchema references the PriorityLevelConfiguration object named \"later\" but there is no such object"), (missing.Reason, missing.Message));

        var level = BuiltInPriorityLevels.Suggested[0];
        await _server.Admin.CreateAsync(level with { Metadata = new ObjectMeta { Name = "later" } }, default);
        var found = await ConditionAsync("False");
        Assert.Equal(("Found", "This FlowSchema references the PriorityLevelConfiguration object named \"later\" and it exists"), (found.Reason, found.Message));
        var manager = (await _server.Admin.GetAsync<FlowSchema>(null, "test", default)).Metadata.ManagedFields.Single(static entry => entry.Subresource == "status");
        Assert.Equal(("api-priority-and-fairness-config-consumer-v1", "Apply"), (manager.Manager, manager.Operation));
    }

    [Theory]
    [InlineData("dump_priority_levels", "PriorityLevelName, ActiveQueues, IsIdle, IsQuiescing, WaitingRequests, ExecutingRequests, DispatchedRequests, RejectedRequests, TimedoutRequests, CancelledRequests")]
    [InlineData("dump_queues", "PriorityLevelName, Index, PendingRequests, ExecutingRequests, SeatsInUse, NextDispatchR, InitialSeatsSum, MaxSeatsSum, TotalWorkSum")]
    [InlineData("dump_requests", "PriorityLevelName, FlowSchemaName, QueueIndex, RequestIndexInQueue, FlowDistingsher, ArriveTime, InitialSeats, FinalSeats, AdditionalLatency, StartTime")]
    [InlineData("dump_requests?includeRequestDetails=1", "PriorityLevelName, FlowSchemaName, QueueIndex, RequestIndexInQueue, FlowDistingsher, ArriveTime, InitialSeats, FinalSeats, AdditionalLatency, StartTime, UserName, Verb, APIPath, Namespace, Name, APIVersion, Resource, SubResource")]
    public async Task Its_state_can_be_looked_at(string path, string columns)
    {
        var lines = (await _client.GetStringAsync("/debug/api_priority_and_fairness/" + path, _deadline.Token)).Split('\n');
        Assert.Equal(columns.Split(", "), lines[0].Split(',').Select(static cell => cell.Trim()));
        if (path.StartsWith("dump_requests", StringComparison.Ordinal))
        {
            Assert.Contains(lines, static line => line.StartsWith("exempt,", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Its_limits_and_requests_are_metrics()
    {
        var metrics = await _client.GetStringAsync("/metrics", _deadline.Token);
        Assert.Contains("apiserver_flowcontrol_nominal_limit_seats{priority_level=\"catch-all\"}", metrics, StringComparison.Ordinal);
        Assert.Contains("apiserver_flowcontrol_current_limit_seats{priority_level=\"catch-all\"}", metrics, StringComparison.Ordinal);
        Assert.Contains("apiserver_flowcontrol_dispatched_requests_total{flow_schema=\"exempt\",priority_level=\"exempt\"}", metrics, StringComparison.Ordinal);
        Assert.Contains("apiserver_flowcontrol_current_executing_requests{flow_schema=\"exempt\",priority_level=\"exempt\"} ", metrics, StringComparison.Ordinal);
        Assert.Contains("apiserver_current_inqueue_requests{request_kind=\"mutating\"} 0", metrics, StringComparison.Ordinal);
    }

    private async Task<FlowSchemaCondition> ConditionAsync(string status)
    {
        while (true)
        {
            var schema = await _server.Admin.GetAsync<FlowSchema>(null, "test", _deadline.Token);
            if (schema.Status.Conditions is [{ Type: FlowSchemaCondition.Dangling } condition] && condition.Status == status)
            {
                return condition;
            }
        }
    }

    private async Task<T> FindAsync<T>(string name) where T : Api.ApiObject, Api.Resources.IResource<T>, Api.Schema.IApiType<T>
    {
        T? found;
        do
        {
            found = await _server.Admin.FindAsync<T>(null, name, _deadline.Token);
        }
        while (found is null);
        return found;
    }
}
