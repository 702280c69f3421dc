using Microsoft.AspNetCore.Http;
using Petrel.Api.FlowControl;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Fairness;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Requests;
using Petrel.Client.Tests;
using Petrel.Metrics;
using Xunit;

namespace Petrel.ApiServer.Tests.Fairness;

/// <summary>What a full server does with the next request, with priority and fairness and without.</summary>
public sealed class OverloadTests
{
    private static readonly UserInfo Jane = new("jane") { Groups = ["system:authenticated"] };
    private static readonly UserInfo Administrator = new("admin") { Groups = ["system:masters", "system:authenticated"] };

    private readonly MetricRegistry _metrics = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Without_fairness_the_next_request_is_refused_and_administrators_are_served()
    {
        var filter = new MaxInFlightFilter(1, 1, new InFlightRequests(_metrics, 1, 1, _time), new DroppedRequests(_time));
        var blocked = new Call(Jane, "get");
        var running = filter.InvokeAsync(blocked.Context, blocked.BlockAsync);

        var refused = new Call(Jane, "list");
        await filter.InvokeAsync(refused.Context, refused.EndAsync);
        AssertRefused(refused);

        foreach (var served in new[] { new Call(Administrator, "get"), new Call(Jane, "create"), new Call(Jane, "watch") })
        {
            await filter.InvokeAsync(served.Context, served.EndAsync);
            Assert.True(served.WasServed);
        }

        blocked.Unblock();
        await running;
        var next = new Call(Jane, "get");
        await filter.InvokeAsync(next.Context, next.EndAsync);
        Assert.True(next.WasServed);
    }

    [Fact]
    public async Task With_fairness_a_level_that_rejects_refuses_and_the_exempt_level_serves()
    {
        var filter = Filter(Flows([], []));
        var blocked = new Call(Jane, "get");
        var running = filter.InvokeAsync(blocked.Context, blocked.BlockAsync);

        var refused = new Call(Jane, "get");
        await filter.InvokeAsync(refused.Context, refused.EndAsync);
        AssertRefused(refused);
        var served = new Call(Administrator, "get");
        await filter.InvokeAsync(served.Context, served.EndAsync);
        Assert.True(served.WasServed);

        blocked.Unblock();
        await running;
    }

    [Fact]
    public async Task With_fairness_a_level_with_queues_lets_requests_wait_and_refuses_them_after_a_quarter_of_their_time()
    {
        var filter = Filter(Flows(BuiltInFlowSchemas.Suggested, [.. BuiltInPriorityLevels.Suggested]));
        var blocked = new Call(Jane, "get");
        var running = filter.InvokeAsync(blocked.Context, blocked.BlockAsync);
        Call waiting = new(Jane, "get"), late = new(Jane, "get");
        var waits = filter.InvokeAsync(waiting.Context, waiting.EndAsync);
        Assert.False(waits.IsCompleted);

        blocked.Unblock();
        await running;
        await waits.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(waiting.WasServed);

        var again = new Call(Jane, "get");
        var runs = filter.InvokeAsync(again.Context, again.BlockAsync);
        late.Request.Timeout = TimeSpan.FromSeconds(8);
        var times = filter.InvokeAsync(late.Context, late.EndAsync);
        Assert.False(times.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await times.WaitAsync(TimeSpan.FromSeconds(60));
        AssertRefused(late);
        again.Unblock();
        await runs;
    }

    [Fact]
    public async Task A_client_that_leaves_while_it_waits_gives_up_its_place()
    {
        var flows = Flows(BuiltInFlowSchemas.Suggested, [.. BuiltInPriorityLevels.Suggested]);
        var filter = Filter(flows);
        var blocked = new Call(Jane, "get");
        var running = filter.InvokeAsync(blocked.Context, blocked.BlockAsync);
        var leaving = new Call(Jane, "get");
        using var left = new CancellationTokenSource();
        leaving.Context.RequestAborted = left.Token;
        var waits = filter.InvokeAsync(leaving.Context, leaving.EndAsync);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits.WaitAsync(TimeSpan.FromSeconds(60)));

        blocked.Unblock();
        await running;
        Assert.True(flows.Configuration.Levels["global-default"].IsIdle);
        Assert.Equal(1, flows.Configuration.Levels["global-default"].Look().Counts.Cancelled);
    }

    [Fact]
    public async Task A_watch_takes_a_seat_only_until_it_has_begun()
    {
        var flows = Flows([], []);
        var filter = Filter(flows);
        var watch = new Call(Jane, "watch");
        var running = filter.InvokeAsync(watch.Context, watch.BlockAsync);
        Assert.Equal(1, flows.Configuration.Levels["catch-all"].Look().SeatsInUse);

        watch.Request.Running!.End();
        Assert.Equal(0, flows.Configuration.Levels["catch-all"].Look().SeatsInUse);
        watch.Unblock();
        await running;
        Assert.Equal(0, flows.Configuration.Levels["catch-all"].Look().SeatsInUse);
    }

    [Fact]
    public void Refused_clients_are_told_to_wait_longer_when_there_are_many()
    {
        var dropped = new DroppedRequests(_time);
        Assert.Equal(1, dropped.Note("level"));
        for (var i = 0; i < 10; i++)
        {
            dropped.Note("level");
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, dropped.Note("level"));
        Assert.Equal(1, dropped.Note("other"));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1, dropped.Note("level"));
    }

    private static void AssertRefused(Call call)
    {
        Assert.False(call.WasServed);
        Assert.Equal((429, "1", "text/plain; charset=utf-8"), (call.Context.Response.StatusCode, call.Context.Response.Headers.RetryAfter.ToString(), call.Context.Response.ContentType));
        Assert.Equal("Too many requests, please try again later.\n", System.Text.Encoding.UTF8.GetString(((MemoryStream)call.Context.Response.Body).ToArray()));
        Assert.True(call.Request.WasTerminated);
    }

    // One seat at each level.
    private FlowController Flows(IReadOnlyList<FlowSchema> schemas, IReadOnlyList<PriorityLevelConfiguration> levels)
    {
        var flows = new FlowController(1, new FairnessMetrics(_metrics, _time), _time);
        flows.Configure(schemas, levels);
        foreach (var level in flows.Configuration.Levels.Values)
        {
            level.SetCurrentLimit(1);
        }

        return flows;
    }

    private PriorityAndFairnessFilter Filter(FlowController flows)
    {
        var watches = new WatchCounts();
        var estimator = new WorkEstimator(new ResourceRegistry([]), watches);
        return new PriorityAndFairnessFilter(flows, estimator, watches, new InFlightRequests(_metrics, 1, 1, _time), new DroppedRequests(_time), TimeSpan.FromSeconds(15), _time);
    }

    private sealed class Call
    {
        private readonly TaskCompletionSource _unblocked = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Call(UserInfo user, string verb)
        {
            Request = new RequestContext { Info = new RequestInfo { Verb = verb, Path = "/api/v1/pods", IsResource = true, Version = "v1", Resource = "pods" }, User = user };
            Context.Response.Body = new MemoryStream();
            Context.Features.Set(Request);
        }

        public DefaultHttpContext Context { get; } = new();

        public RequestContext Request { get; }

        public bool WasServed { get; private set; }

        public Task EndAsync(HttpContext _)
        {
            WasServed = true;
            return Task.CompletedTask;
        }

        public Task BlockAsync(HttpContext _) => _unblocked.Task;

        public void Unblock() => _unblocked.SetResult();
    }
}
