using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Xunit;

namespace Petrel.Client.Tests.Events;

public sealed class EventRecorderTests
{
    private readonly MemoryApi<Event> _api = new();
    private readonly ManualTime _time = new(DateTimeOffset.Parse("2024-05-01T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly Pod _pod = new() { Metadata = new() { Name = "web", Namespace = "shop", Uid = "u1", ResourceVersion = "7" } };

    [Fact]
    public async Task An_event_has_the_fields_of_upstreams_recorder()
    {
        await using var recorder = Recorder();
        recorder.Record(ObjectReferences.Of(_pod, "spec.containers{app}"), "Normal", "Started", "Started container app");
        var value = Assert.Single(await EventsAsync(1));
        Assert.Equal("web.17cb550d96f24000", value.Metadata.Name);
        Assert.Equal("shop", value.Metadata.Namespace);
        Assert.Equal(
            new ObjectReference { Kind = "Pod", ApiVersion = "v1", Namespace = "shop", Name = "web", Uid = "u1", ResourceVersion = "7", FieldPath = "spec.containers{app}" },
            value.InvolvedObject);
        Assert.Equal(("Normal", "Started", "Started container app", 1), (value.Type, value.Reason, value.Message, value.Count));
        Assert.Equal(new EventSource { Component = "kubelet", Host = "node-1" }, value.Source);
        Assert.Equal(("kubelet", "node-1"), (value.ReportingComponent, value.ReportingInstance));
        Assert.Equal(_time.GetUtcNow(), value.FirstTimestamp);
        Assert.Equal(_time.GetUtcNow(), value.LastTimestamp);
        Assert.Null(value.EventTime);
    }

    [Fact]
    public async Task An_event_about_a_cluster_scoped_object_is_in_the_default_namespace()
    {
        await using var recorder = Recorder();
        recorder.Normal(new Node { Metadata = new() { Name = "n1" } }, "Starting", "");
        Assert.Equal("default", Assert.Single(await EventsAsync(1)).Metadata.Namespace);
    }

    [Fact]
    public async Task An_equal_event_raises_the_count_of_the_first()
    {
        await using var recorder = Recorder();
        recorder.Warning(_pod, "BackOff", "Back-off restarting");
        await EventsAsync(1);
        _time.Advance(TimeSpan.FromSeconds(30));
        recorder.Warning(_pod with { Metadata = _pod.Metadata with { ResourceVersion = "8" } }, "BackOff", "Back-off restarting");
        await Eventually.TrueAsync(() => Count("PATCH") == 1);
        var value = Assert.Single(await EventsAsync(1));
        Assert.Equal(2, value.Count);
        Assert.Equal(TimeSpan.FromSeconds(30), value.LastTimestamp - value.FirstTimestamp);
    }

    [Fact]
    public async Task A_count_whose_object_is_gone_starts_a_new_object()
    {
        await using var recorder = Recorder();
        recorder.Warning(_pod, "BackOff", "Back-off restarting");
        _api.Remove((await EventsAsync(1))[0]);
        recorder.Warning(_pod, "BackOff", "Back-off restarting");
        await Eventually.TrueAsync(() => Count("POST") == 2);
        Assert.Equal(2, Assert.Single(await EventsAsync(1)).Count);
    }

    [Fact]
    public void The_tenth_different_message_and_all_after_it_are_combined()
    {
        var correlator = new EventCorrelator(_time);
        for (var i = 1; i < 10; i++)
        {
            Assert.Equal("message " + i, Correlate(i).Value.Message);
        }

        Assert.Equal(("(combined from similar events): message 10", 1), (Correlate(10).Value.Message, 1));
        var combined = Correlate(11);
        Assert.Equal("(combined from similar events): message 11", combined.Value.Message);
        Assert.Equal(2, combined.Value.Count);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("message 12", Correlate(12).Value.Message);

        (Event Value, EventKey Key) Correlate(int number) => correlator.Correlate(Make(number))!.Value;
    }

    [Fact]
    public void A_source_may_say_25_things_about_an_object_then_one_every_five_minutes()
    {
        var correlator = new EventCorrelator(_time);
        Assert.All(Enumerable.Range(0, 25), _ => Assert.NotNull(correlator.Correlate(Make(0))));
        Assert.Null(correlator.Correlate(Make(0)));
        Assert.NotNull(correlator.Correlate(Make(0) with { InvolvedObject = new ObjectReference { Name = "other" } }));
        _time.Advance(TimeSpan.FromSeconds(299));
        Assert.Null(correlator.Correlate(Make(0)));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull(correlator.Correlate(Make(0)));
        Assert.Null(correlator.Correlate(Make(0)));
    }

    [Fact]
    public async Task A_server_that_is_away_gets_the_event_later()
    {
        await using var recorder = Recorder();
        _api.Intercept = static _ => throw new HttpRequestException("away");
        recorder.Normal(_pod, "Started", "Started");
        await Eventually.TrueAsync(() => _api.Requests.Count == 1);
        _api.Intercept = static _ => null;
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            return _api.Requests.Count > 1;
        });
        Assert.Single(await EventsAsync(1));
    }

    private EventRecorder Recorder() => new(_api, "kubelet", "node-1", _time, NullLogger<EventRecorder>.Instance);

    private int Count(string method) => _api.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal));

    private static Event Make(int number) => new()
    {
        InvolvedObject = new ObjectReference { Kind = "Pod", Name = "web" },
        Source = new EventSource { Component = "test" },
        Reason = "Reason",
        Message = "message " + number,
        Type = "Normal",
        Count = 1,
    };

    private async Task<IReadOnlyList<Event>> EventsAsync(int count)
    {
        var list = await _api.ListAsync<Event>(null, new ListOptions(), CancellationToken.None);
        await Eventually.TrueAsync(() =>
        {
            list = _api.ListAsync<Event>(null, new ListOptions(), CancellationToken.None).Result;
            return list.Items.Count == count;
        });
        return list.Items;
    }
}
