using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Event = Petrel.Api.Events.Event;
using EventSeries = Petrel.Api.Events.EventSeries;

namespace Petrel.Client.Events;

/// <summary>
/// Records events of events.k8s.io/v1 about objects, as upstream's scheduler does. Recording never waits and never fails for the caller. What
/// happens again is one object with a series, which is written when the second time comes, now and then after, and when it is over.
/// </summary>
public sealed partial class SeriesRecorder : IAsyncDisposable
{
    // When this many wait, the server is away or slow, and further events are dropped.
    private const int QueuedMax = 1000;

    /// <summary>Different events that are known to go on; those not seen for longest are forgotten.</summary>
    private const int KnownMax = 4096;

    /// <summary>What has not happened for so long is over.</summary>
    private static readonly TimeSpan FinishTime = TimeSpan.FromMinutes(6);

    /// <summary>Series that go on are written this often, in times of <see cref="FinishTime"/>: every half hour.</summary>
    private const int RefreshRounds = 5;

    private readonly IApi _api;
    private readonly string _controller;
    private readonly string _instance;
    private readonly TimeProvider _time;
    private readonly ILogger<SeriesRecorder> _logger;

    // An event, or null for the time to look what is over.
    private readonly Channel<Event?> _queue = Channel.CreateBounded<Event?>(new BoundedChannelOptions(QueuedMax) { SingleReader = true });
    private readonly RecentlyUsed<SeriesKey, Event> _known = new(KnownMax);
    private readonly CancellationTokenSource _stop;
    private readonly ITimer _timer;
    private readonly Task _writing;

    /// <param name="controller">Who reports, e.g. <c>default-scheduler</c>.</param>
    /// <param name="host">The machine it runs on.</param>
    public SeriesRecorder(IApi api, string controller, string host, TimeProvider time, ILogger<SeriesRecorder> logger)
    {
        (_api, _controller, _instance, _time, _logger) = (api, controller, $"{controller}-{host}", time, logger);
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _timer = time.CreateTimer(_ => _queue.Writer.TryWrite(null), null, FinishTime, FinishTime);
        _writing = Task.Run(() => WriteAsync(_stop.Token));
    }

    /// <param name="related">Another object that is concerned; null for none.</param>
    /// <param name="type">Normal or Warning.</param>
    /// <param name="reason">Short CamelCase word for machines: why.</param>
    /// <param name="action">Short CamelCase word for machines: what was being done.</param>
    /// <param name="note">Sentence for people.</param>
    public void Record(ApiObject about, ApiObject? related, string type, string reason, string action, string note)
    {
        var now = _time.GetUtcNow();
        var nanoseconds = (now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        var value = new Event
        {
            Metadata = new()
            {
                Name = about.Metadata.Name + "." + nanoseconds.ToString("x", CultureInfo.InvariantCulture),
                Namespace = about.Metadata.Namespace.Length == 0 ? "default" : about.Metadata.Namespace,
            },
            EventTime = now,
            ReportingController = _controller,
            ReportingInstance = _instance,
            Action = action,
            Reason = reason,
            Regarding = ObjectReferences.Of(about),
            Related = related is null ? null : ObjectReferences.Of(related),
            Note = note,
            Type = type,
        };
        if (!_queue.Writer.TryWrite(value))
        {
            Log.Dropped(_logger, reason, about.Metadata.Namespace, about.Metadata.Name);
        }
    }

    /// <summary>Writes what is queued, for up to 5 seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        _queue.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(5));
        await _writing;
        _stop.Dispose();
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        var rounds = 0;
        await foreach (var value in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            if (value is null)
            {
                await LookAsync(isRefresh: ++rounds % RefreshRounds == 0, stop);
            }
            else
            {
                await WriteAsync(value, stop);
            }
        }
    }

    private async Task WriteAsync(Event value, CancellationToken stop)
    {
        var key = SeriesKey.Of(value);
        var known = _known.Find(key);
        if (known is null)
        {
            _known.Set(key, value);
            await AttemptAsync(key, value, stop);
            return;
        }

        var series = new EventSeries { Count = (known.Series?.Count ?? 1) + 1, LastObservedTime = value.EventTime };
        var next = known with { Series = series };
        _known.Set(key, next);
        if (known.Series is null)
        {
            await AttemptAsync(key, next, stop);
        }
    }

    /// <summary>Writes the series that are over for the last time and forgets them; on a refresh also those that go on.</summary>
    private async Task LookAsync(bool isRefresh, CancellationToken stop)
    {
        var over = _time.GetUtcNow() - FinishTime;
        foreach (var (key, value) in _known.All())
        {
            var isOver = (value.Series?.LastObservedTime ?? value.EventTime) < over;
            if (value.Series is not null && (isOver || isRefresh))
            {
                await AttemptAsync(key, value, stop);
            }

            if (isOver)
            {
                _known.Remove(key);
            }
        }
    }

    private async Task AttemptAsync(SeriesKey key, Event value, CancellationToken stop)
    {
        // Upstream's numbers: up to 12 tries, 10 seconds apart, for a server that cannot be reached.
        for (var left = 12; left > 0 && !stop.IsCancellationRequested; left--)
        {
            try
            {
                var written = await SendAsync(value, stop);
                if (_known.Find(key) is { } known)
                {
                    _known.Set(key, written with { Series = known.Series });
                }

                return;
            }
            catch (ApiException exception)
            {
                // The server's refusal stands: a namespace that is going away, an object without rights.
                Log.Refused(_logger, value.Reason, value.Regarding.Namespace, value.Regarding.Name, exception.Message);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                Log.Unreachable(_logger, exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(10), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<Event> SendAsync(Event value, CancellationToken stop)
    {
        if (value.Series is { } series)
        {
            try
            {
                var patch = new PatchBody("application/strategic-merge-patch+json", SeriesPatch.Of(series));
                return await _api.PatchAsync<Event>(value.Metadata.Namespace, value.Metadata.Name, patch, null, stop);
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // Events are removed after an hour: this one starts a new object.
            }
        }

        var metadata = value.Metadata with { ResourceVersion = "", Uid = "", CreationTimestamp = null, ManagedFields = default };
        return await _api.CreateAsync(value with { Metadata = metadata }, stop);
    }

    /// <summary>What two events have in common that are one series. The note may differ.</summary>
    private readonly record struct SeriesKey(string Type, string Action, string Reason, string Controller, string Instance, ObjectReference Regarding, ObjectReference? Related)
    {
        public static SeriesKey Of(Event value) =>
            new(value.Type, value.Action, value.Reason, value.ReportingController, value.ReportingInstance, value.Regarding, value.Related);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "event {Reason} about {Namespace}/{Name} dropped: too many are waiting")]
        public static partial void Dropped(ILogger logger, string reason, string @namespace, string name);

        [LoggerMessage(LogLevel.Debug, "event {Reason} about {Namespace}/{Name} refused: {Message}")]
        public static partial void Refused(ILogger logger, string reason, string @namespace, string name, string message);

        [LoggerMessage(LogLevel.Warning, "cannot write an event, will try again: {Message}")]
        public static partial void Unreachable(ILogger logger, string message);
    }
}
