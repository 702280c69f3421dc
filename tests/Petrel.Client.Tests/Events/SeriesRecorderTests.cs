using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Xunit;
using Event = Petrel.Api.Events.Event;

namespace Petrel.Client.Tests.Events;

public sealed class SeriesRecorderTests
{
    private readonly MemoryApi<Event> _api = new();
    private readonly ManualTime _time = new(DateTimeOffset.Parse("2024-05-01T10:00:00Z", System.Globalization.CultureInfo.InvariantCulture));
    private readonly Pod _pod = new() { Metadata = new() { Name = "web", Namespace = "shop", Uid = "u1", ResourceVersion = "7" } };
    private readonly Node _node = new() { Metadata = new() { Name = "n1" } };

    [Fact]
    public async Task An_event_has_the_fields_of_upstreams_recorder()
    {
        await using var recorder = Recorder();
        recorder.Record(_pod, _node, "Normal", "Scheduled", "Binding", "Successfully assigned shop/web to n1");
        var value = await OnlyAsync("POST", 1);
        Assert.Equal(("web.17cb550d96f24000", "shop"), (value.Metadata.Name, value.Metadata.Namespace));
        Assert.Equal(("Normal", "Scheduled", "Binding", "Successfully assigned shop/web to n1"), (value.Type, value.Reason, value.Action, value.Note));
        Assert.Equal(("default-scheduler", "default-scheduler-host"), (value.ReportingController, value.ReportingInstance));
        Assert.Equal((_time.GetUtcNow(), ObjectReferences.Of(_pod), ObjectReferences.Of(_node)), (value.EventTime, value.Regarding, value.Related));
        Assert.Null(value.Series);
        Assert.Null(value.DeprecatedFirstTimestamp);
    }

    [Fact]
    public async Task What_happens_again_is_a_series_that_is_written_seldom_and_at_its_end()
    {
        await using var recorder = Recorder();
        Fail(recorder, "first");
        await OnlyAsync("POST", 1);
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(30));
            Fail(recorder, "again");
        }

        var value = await OnlyAsync("PATCH", 1);
        Assert.Equal((2, "first"), (value.Series!.Count, value.Note));
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromSeconds(60), value.Series.LastObservedTime);

        // It has not happened for six minutes, which is looked at every six.
        _time.Advance(TimeSpan.FromMinutes(12));
        value = await OnlyAsync("PATCH", 2);
        Assert.Equal(4, value.Series!.Count);

        Fail(recorder, "anew");
        await Eventually.TrueAsync(() => Count("POST") == 2);
    }

    [Fact]
    public async Task A_series_whose_object_is_gone_starts_a_new_object()
    {
        await using var recorder = Recorder();
        Fail(recorder, "first");
        _api.Remove(await OnlyAsync("POST", 1));
        Fail(recorder, "again");
        Assert.Equal(2, (await OnlyAsync("POST", 2)).Series!.Count);
    }

    private SeriesRecorder Recorder() => new(_api, "default-scheduler", "host", _time, NullLogger<SeriesRecorder>.Instance);

    private void Fail(SeriesRecorder recorder, string note) => recorder.Record(_pod, null, "Warning", "FailedScheduling", "Scheduling", note);

    private int Count(string method) => _api.Requests.Count(request => request.StartsWith(method, StringComparison.Ordinal));

    private async Task<Event> OnlyAsync(string method, int count)
    {
        await Eventually.TrueAsync(() => Count(method) == count);
        return Assert.Single((await _api.ListAsync<Event>(null, new ListOptions(), CancellationToken.None)).Items);
    }
}
