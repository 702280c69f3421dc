using Petrel.Api.FlowControl;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Fairness;
using Petrel.ApiServer.Requests;
using Petrel.Client.Tests;
using Petrel.Metrics;
using Xunit;

namespace Petrel.ApiServer.Tests.Fairness;

public sealed class PriorityLevelTests
{
    private readonly ManualTime _time = new();
    private readonly RequestInfo _info = new() { Verb = "get", Path = "/" };

    [Fact]
    public void Requests_beyond_the_seats_wait_and_start_when_others_end()
    {
        var level = Level(seats: 2, Queues(count: 1));
        FlowRequest first = Request(level, "a"), second = Request(level, "a"), third = Request(level, "a");
        Assert.Equal([FlowAdmission.Started, FlowAdmission.Started, FlowAdmission.Queued], new[] { first, second, third }.Select(level.Arrive));
        Assert.False(third.Turn!.Task.IsCompleted);

        level.End(first);
        Assert.True(third.Turn.Task.IsCompletedSuccessfully);
        level.End(second);
        level.End(third);
        Assert.Equal((0, 0, true), (level.Look().SeatsInUse, level.Look().Queues.Count, level.IsIdle));
    }

    [Fact]
    public void Flows_take_turns_however_much_one_of_them_asks_for()
    {
        var level = Level(seats: 1, Queues(count: 10_000_000, handSize: 2));
        var running = Request(level, "greedy");
        level.Arrive(running);
        var greedy = Enumerable.Range(0, 20).Select(_ => Arrived(level, "greedy")).ToList();
        var modest = Enumerable.Range(0, 3).Select(_ => Arrived(level, "modest")).ToList();

        var served = new List<string>();
        while (modest.Any(static request => request.Started == 0))
        {
            _time.Advance(TimeSpan.FromMilliseconds(3));
            level.End(running);
            running = greedy.Concat(modest).Single(request => request.Started != 0 && !served.Contains($"{request.GetHashCode()}") && request != running);
            served.Add($"{running.GetHashCode()}");
        }

        // Of its queues the greedy flow has two, of which each gets as much as the other flow's.
        Assert.InRange(greedy.Count(static request => request.Started != 0), 2, 10);
    }

    [Fact]
    public void A_full_queue_refuses()
    {
        var level = Level(seats: 1, Queues(count: 1, length: 2));
        Assert.Equal(
            [FlowAdmission.Started, FlowAdmission.Queued, FlowAdmission.Queued, FlowAdmission.QueueFull],
            Enumerable.Range(0, 4).Select(_ => level.Arrive(Request(level, "a"))));
        Assert.Equal(1, level.Look().Counts.Rejected);
    }

    [Fact]
    public void A_level_without_queues_refuses_what_finds_no_seat()
    {
        var level = Level(seats: 1, new LimitResponse { Type = LimitResponse.RejectType });
        var first = Request(level, "a");
        Assert.Equal(FlowAdmission.Started, level.Arrive(first));
        Assert.Equal(FlowAdmission.ConcurrencyLimit, level.Arrive(Request(level, "a")));
        level.End(first);
        Assert.Equal(FlowAdmission.Started, level.Arrive(Request(level, "a")));
    }

    [Fact]
    public void An_exempt_level_refuses_nothing()
    {
        var level = new PriorityLevel("exempt", _time);
        level.Configure(BuiltInPriorityLevels.Mandatory[0].Spec, default);
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(FlowAdmission.Started, level.Arrive(Request(level, "a"))));
    }

    [Fact]
    public void A_request_wider_than_the_level_runs_alone()
    {
        var level = Level(seats: 3, Queues(count: 1));
        var narrow = Arrived(level, "a");
        var wide = Arrived(level, "a", new WorkEstimate(10));
        var next = Arrived(level, "a");
        Assert.Equal((0L, 0L), (wide.Started, next.Started));

        level.End(narrow);
        Assert.NotEqual(0, wide.Started);
        Assert.Equal(0, next.Started);
        level.End(wide);
        Assert.NotEqual(0, next.Started);
    }

    [Fact]
    public void A_level_without_shares_holds_everything_back_until_it_gets_some()
    {
        var level = Level(seats: 0, Queues(count: 4, handSize: 2));
        var request = Arrived(level, "a");
        Assert.Equal(0, request.Started);
        level.SetCurrentLimit(1);
        Assert.NotEqual(0, request.Started);
    }

    [Fact]
    public void A_withdrawn_request_leaves_its_place_to_the_next()
    {
        var level = Level(seats: 1, Queues(count: 1));
        var first = Arrived(level, "a");
        FlowRequest second = Arrived(level, "a"), third = Arrived(level, "a");
        Assert.True(level.Withdraw(second, isCancelled: false));
        level.End(first);

        Assert.Equal(0, second.Started);
        Assert.NotEqual(0, third.Started);
        Assert.False(level.Withdraw(third, isCancelled: true));
        Assert.Equal(1, level.Look().Counts.TimedOut);
    }

    [Fact]
    public async Task A_write_that_many_watches_see_keeps_seats_for_a_while()
    {
        var level = Level(seats: 4, Queues(count: 1));
        var write = Arrived(level, "a", new WorkEstimate(1, FinalSeats: 3, TimeSpan.FromMilliseconds(20)));
        Assert.Equal(3, level.Look().SeatsInUse);
        level.End(write);
        Assert.Equal(3, level.Look().SeatsInUse);

        var wide = Arrived(level, "b", new WorkEstimate(2));
        Assert.Equal(0, wide.Started);
        _time.Advance(TimeSpan.FromMilliseconds(20));
        await wide.Turn!.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(2, level.Look().SeatsInUse);
    }

    [Fact]
    public void Demand_is_averaged_over_time_and_counts_who_waits()
    {
        var level = Level(seats: 1, Queues(count: 1));
        level.EndDemandPeriod();
        var requests = Enumerable.Range(0, 4).Select(_ => Arrived(level, "a")).ToList();
        _time.Advance(TimeSpan.FromSeconds(5));
        requests.ForEach(level.End);
        _time.Advance(TimeSpan.FromSeconds(5));

        var period = level.EndDemandPeriod();
        Assert.Equal((4.0, 2.0, 2.0), (period.Peak, Math.Round(period.Average, 6), Math.Round(period.Deviation, 6)));
        Assert.Equal(4, period.Smoothed, 6);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(4 * 0.977, level.EndDemandPeriod().Smoothed, 6);
    }

    [Fact]
    public async Task How_full_a_level_is_and_where_its_virtual_time_is_can_be_seen()
    {
        var registry = new MetricRegistry();
        var metrics = new FairnessMetrics(registry, _time);
        var level = new PriorityLevel("level", _time) { Metrics = metrics.Of("level") };
        FairnessMetrics.ShowProgress(registry, () => [level]);
        level.Configure(
            new PriorityLevelConfigurationSpec { Type = PriorityLevelConfigurationSpec.LimitedType, Limited = new LimitedPriorityLevelConfiguration { NominalConcurrencyShares = 2, LimitResponse = Queues(1, length: 4) } },
            new SeatLimits(2, 2, 2));
        level.SetCurrentLimit(2);
        Assert.Null(level.Progress().NextStarts);

        // Two run; one of four places in the only queue is taken.
        var (first, _, waiting) = (Arrived(level, "a"), Arrived(level, "a"), Arrived(level, "a"));
        _time.Advance(TimeSpan.FromSeconds(10));
        var progress = level.Progress();
        Assert.NotNull(waiting.Place);
        Assert.Equal((progress.NextStarts!.Value.Min, progress.NextStarts.Value.Min - (2 * WorkEstimate.GuessedSeconds)), (progress.NextStarts.Value.Max, progress.NextDiscountedStarts!.Value.Max));
        var text = await ShownAsync();
        const string Of = "apiserver_flowcontrol_";
        Assert.InRange(Seconds(text, Of + "priority_level_seat_utilization_sum{phase=\"executing\",priority_level=\"level\"}"), 10, 10.1);
        Assert.InRange(Seconds(text, Of + "priority_level_request_utilization_sum{phase=\"waiting\",priority_level=\"level\"}"), 2.5, 2.6);
        Assert.InRange(Seconds(text, Of + "demand_seats_sum{priority_level=\"level\"}"), 15, 15.1);
        Assert.Contains(Of + "next_s_bounds{bound=\"min\",priority_level=\"level\"}", text, StringComparison.Ordinal);

        level.End(first);
        Assert.Null(waiting.Place);
        Assert.True(level.Progress().LastDispatch > 0);

        // Ratios times nanoseconds.
        double Seconds(string text, string series) =>
            double.Parse(text.Split('\n').Single(line => line.StartsWith(series + " ", StringComparison.Ordinal))[(series.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture) / 1e9;

        async Task<string> ShownAsync()
        {
            var output = new System.Buffers.ArrayBufferWriter<byte>();
            await registry.WriteAsync(output, default);
            return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
        }
    }

    private static LimitResponse Queues(int count, int handSize = 1, int length = 50) => new()
    {
        Type = LimitResponse.QueueType,
        Queuing = new QueuingConfiguration { Queues = count, HandSize = handSize, QueueLengthLimit = length },
    };

    private PriorityLevel Level(int seats, LimitResponse response)
    {
        var level = new PriorityLevel("level", _time);
        var limited = new LimitedPriorityLevelConfiguration { NominalConcurrencyShares = seats, LimitResponse = response };
        level.Configure(new PriorityLevelConfigurationSpec { Type = PriorityLevelConfigurationSpec.LimitedType, Limited = limited }, new SeatLimits(seats, seats, seats));
        level.SetCurrentLimit(seats);
        return level;
    }

    private FlowRequest Request(PriorityLevel level, string user, WorkEstimate? estimate = null)
    {
        var schema = new FlowSchema
        {
            Metadata = new() { Name = "schema" },
            Spec = FlowSchemaSpec.Empty with { DistinguisherMethod = new FlowDistinguisherMethod { Type = FlowDistinguisherMethod.ByUser } },
        };
        var metrics = new FlowMetrics(new FairnessMetrics(new MetricRegistry(), TimeProvider.System), new FlowLabels("schema", "level"));
        _time.Advance(TimeSpan.FromTicks(1));
        return new FlowRequest(new FlowRoute(schema, level, "", metrics), new UserInfo(user), _info, estimate ?? WorkEstimate.OneSeat, _time.GetTimestamp());
    }

    private FlowRequest Arrived(PriorityLevel level, string user, WorkEstimate? estimate = null)
    {
        var request = Request(level, user, estimate);
        level.Arrive(request);
        return request;
    }
}
