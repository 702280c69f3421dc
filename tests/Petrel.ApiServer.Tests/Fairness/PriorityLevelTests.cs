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
        var metrics = new FlowMetrics(new FairnessMetrics(new MetricRegistry()), new FlowLabels("schema", "level"));
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
