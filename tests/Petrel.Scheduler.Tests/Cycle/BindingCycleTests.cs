using Petrel.Api.Core;
using Petrel.Client.Tests;
using Petrel.Scheduler.Cycle;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Plugins;
using Xunit;

namespace Petrel.Scheduler.Tests.Cycle;

public sealed class BindingCycleTests
{
    private readonly ManualTime _time = new();
    private readonly NodeCache _cache = new();
    private readonly List<string> _calls = [];
    private readonly PodInfo _pod = new(new Pod { Metadata = new() { Name = "web", Namespace = "default", Uid = "u" } });
    private readonly WaitingPods _waiting;

    public BindingCycleTests()
    {
        _waiting = new WaitingPods(_time);
        _cache.SetNode(new Node { Metadata = new() { Name = "n1" } });
    }

    [Fact]
    public async Task Steps_run_in_the_order_of_the_profile()
    {
        Assert.True((await BindAsync(Plugin("a"), Plugin("b"))).IsSuccess);
        Assert.Equal(["a reserve", "b reserve", "a bind web to n1", "a told", "b told"], _calls);
    }

    [Fact]
    public async Task A_binder_that_skips_leaves_it_to_the_next()
    {
        Assert.True((await BindAsync(new TestBinding("a") { Calls = _calls, OnBind = static () => Task.FromResult(Verdict.Skip) }, Plugin("b"))).IsSuccess);
        Assert.Contains("b bind web to n1", _calls);
    }

    [Fact]
    public async Task A_binder_that_fails_is_named()
    {
        var failing = new TestBinding("a") { Calls = _calls, OnBind = static () => Task.FromResult(Verdict.Error("a", "no")) };
        Assert.Equal("binding rejected: running Bind plugin \"a\": no", (await BindAsync(failing)).Message);
        Assert.DoesNotContain("a told", _calls);
    }

    [Fact]
    public async Task A_node_that_went_is_not_bound_to()
    {
        var going = new TestBinding("a")
        {
            Calls = _calls,
            OnPreBind = () =>
            {
                _cache.RemoveNode("n1");
                return Task.FromResult(Verdict.Success);
            },
        };
        Assert.Equal("binding rejected: node \"n1\" not found", (await BindAsync(going)).Message);
        Assert.DoesNotContain("a bind web to n1", _calls);
    }

    [Fact]
    public void Unreserving_goes_backwards()
    {
        var cycle = Cycle(Plugin("a"), new TestBinding("b") { Calls = _calls, OnReserve = static () => Verdict.Unschedulable("b", "taken") });
        var state = new CycleState();
        var (verdict, _) = cycle.Begin(state, _pod, "n1");
        Assert.True(verdict.IsRejected);
        cycle.Undo(state, _pod, "n1");
        Assert.Equal(["a reserve", "b reserve", "b unreserve", "a unreserve"], _calls);
    }

    [Fact]
    public async Task Permit_waits_until_all_that_asked_for_it_allow()
    {
        var binding = BindAsync(Waiting("a"), Waiting("b"));
        _waiting.Find("u")!.Allow("a");
        Assert.False(binding.IsCompleted);
        _waiting.Find("u")!.Allow("b");
        Assert.True((await binding).IsSuccess);
        Assert.Null(_waiting.Find("u"));
    }

    [Fact]
    public async Task Permit_can_be_refused()
    {
        var binding = BindAsync(Waiting("a"));
        _waiting.Find("u")!.Reject("a", "no quota");
        var verdict = await binding;
        Assert.Equal((true, "a", "no quota"), (verdict.IsRejected, verdict.Plugin, verdict.Message));
        Assert.DoesNotContain("a bind web to n1", _calls);
    }

    [Fact]
    public async Task Permit_does_not_wait_for_ever()
    {
        var binding = BindAsync(Waiting("a"));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("rejected due to timeout after waiting 10s at plugin a", (await binding).Message);
    }

    private TestBinding Plugin(string name) => new(name) { Calls = _calls };

    private TestBinding Waiting(string name) => new(name) { Calls = _calls, OnPermit = static () => (Verdict.Wait, TimeSpan.FromSeconds(10)) };

    private BindingCycle Cycle(params TestBinding[] plugins) =>
        new(new Profile([new(new PrioritySort()), .. plugins.Select(static plugin => new ProfileEntry(plugin))]), _cache, _waiting);

    private Task<Verdict> BindAsync(params TestBinding[] plugins)
    {
        var (cycle, state) = (Cycle(plugins), new CycleState());
        var (verdict, wait) = cycle.Begin(state, _pod, "n1");
        Assert.True(verdict.IsSuccess);
        return cycle.FinishAsync(state, _pod, "n1", wait, default);
    }
}
