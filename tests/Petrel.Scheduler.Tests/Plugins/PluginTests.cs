using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Client.Events;
using Petrel.Client.Informers;
using Petrel.Client.Tests;
using Petrel.Scheduler.Cycle;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Plugins;
using Petrel.Scheduler.Queue;
using Xunit;

namespace Petrel.Scheduler.Tests.Plugins;

/// <summary>Every plugin says what the cases of its file expect: why a node does not fit, and the score of those that do.</summary>
public sealed class PluginTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var (plugin, name) in PluginCase.All)
            {
                data.Add(plugin, name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Verdicts_and_scores_are_those_of_the_case(string plugin, string name)
    {
        var @case = PluginCase.Load(plugin, name);
        Assert.True(@case.Filter is not null || @case.Rejected is not null || @case.Score is not null, "the case expects nothing");
        await using var services = new TestServices();
        var entry = DefaultProfile.Plugins(services.Services).Single(entry => entry.Plugin.Name == plugin);
        var profile = new Profile([new(new PrioritySort()), entry with { Weight = 1 }]);
        var (snapshot, pod, state) = (SnapshotOf(@case), new PodInfo(@case.Pod), new CycleState());

        var rejected = PreFilter(profile, state, pod, snapshot);
        Assert.Equal(@case.Rejected, rejected);
        if (@case.Filter is not null)
        {
            var filter = new NodeFilter(profile, new NominatedPods());
            Assert.Equal(Lines(@case.Filter), Lines(snapshot.Nodes.ToDictionary(static node => node.Name, node => TextOf(filter.Run(state, pod, node)))));
        }

        if (@case.Score is not null)
        {
            Assert.Equal(Lines(@case.Score), Lines(Scores(profile, state, pod, snapshot)));
        }
    }

    private static string? PreFilter(Profile profile, CycleState state, PodInfo pod, Snapshot snapshot)
    {
        state.Filters = profile.Filter;
        foreach (var plugin in profile.PreFilter)
        {
            var answer = plugin.PreFilter(state, pod, snapshot);
            if (answer.Verdict.Code == VerdictCode.Skip)
            {
                state.Filters = [];
            }
            else if (!answer.Verdict.IsSuccess)
            {
                return TextOf(answer.Verdict);
            }
        }

        return null;
    }

    private static Dictionary<string, string> Scores(Profile profile, CycleState state, PodInfo pod, Snapshot snapshot)
    {
        var scoring = new NodeScoring(profile, new Random(1));
        Assert.Null(scoring.PreScore(state, pod, snapshot.Nodes, snapshot));
        if (state.Scores.Length == 0)
        {
            return new() { ["*"] = "skip" };
        }

        var totals = new long[snapshot.Count];
        Assert.Null(NodeScoring.Score(state, pod, snapshot.Nodes, totals));
        return snapshot.Nodes.Zip(totals).ToDictionary(static pair => pair.First.Name, static pair => pair.Second.ToString(CultureInfo.InvariantCulture));
    }

    private static Snapshot SnapshotOf(PluginCase @case)
    {
        var (cache, snapshot) = (new NodeCache(), new Snapshot());
        foreach (var node in @case.Nodes)
        {
            cache.SetNode(node);
        }

        foreach (var pod in @case.Pods)
        {
            cache.SetPod(pod);
        }

        cache.Update(snapshot);
        return snapshot;
    }

    private static string TextOf(Verdict verdict) => verdict.Code switch
    {
        VerdictCode.Success => "fits",
        VerdictCode.Unschedulable => "unless others go: " + verdict.Message,
        VerdictCode.UnschedulableAndUnresolvable => "never: " + verdict.Message,
        _ => verdict.ToString(),
    };

    private static string Lines(IReadOnlyDictionary<string, string> values) =>
        string.Join('\n', values.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => $"{pair.Key}: {pair.Value}"));
}

/// <summary>What plugins are made with, where no server is needed: informers that never hear of anything.</summary>
internal sealed class TestServices : IAsyncDisposable
{
    private readonly InformerFactory _informers;
    private readonly SeriesRecorder _events;

    public TestServices()
    {
        var api = new MemoryApi<Pod>();
        _informers = new InformerFactory(api, TimeProvider.System, NullLogger<InformerFactory>.Instance);
        _events = new SeriesRecorder(api, "default-scheduler", "", TimeProvider.System, NullLogger<SeriesRecorder>.Instance);
        Services = new PluginServices(api, _informers, _events, Namespaces, new WaitingPods(TimeProvider.System), new SchedulerOptions(), TimeProvider.System);
    }

    public NamespaceLabels Namespaces { get; } = new();

    public PluginServices Services { get; }

    public async ValueTask DisposeAsync()
    {
        await _informers.DisposeAsync();
        await _events.DisposeAsync();
    }
}
