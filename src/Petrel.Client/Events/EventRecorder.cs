using System.Globalization;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;

namespace Petrel.Client.Events;

/// <summary>
/// Records core/v1 events about objects. Recording never waits and never fails for the caller; events are written in the
/// background, equal ones as one object with a count, floods cut off (see <see cref="EventCorrelator"/>).
/// </summary>
public sealed partial class EventRecorder : IAsyncDisposable
{
    // As upstream's broadcaster: when this many wait, the server is away or slow, and further events are dropped.
    private const int QueuedMax = 1000;

    private readonly IApi _api;
    private readonly EventSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger<EventRecorder> _logger;
    private readonly EventCorrelator _correlator;
    private readonly Channel<Event> _queue = Channel.CreateBounded<Event>(new BoundedChannelOptions(QueuedMax) { SingleReader = true });
    private readonly CancellationTokenSource _stop;
    private readonly Task _writing;

    /// <param name="component">Who reports, e.g. <c>deployment-controller</c>.</param>
    /// <param name="host">Node it runs on; empty for what belongs to no node.</param>
    public EventRecorder(IApi api, string component, string host, TimeProvider time, ILogger<EventRecorder> logger)
    {
        _api = api;
        _source = new EventSource { Component = component, Host = host };
        _time = time;
        _logger = logger;
        _correlator = new EventCorrelator(time);
        _stop = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _writing = Task.Run(() => WriteAsync(_stop.Token));
    }

    public void Normal(ApiObject about, string reason, string message) => Record(ObjectReferences.Of(about), "Normal", reason, message);

    public void Warning(ApiObject about, string reason, string message) => Record(ObjectReferences.Of(about), "Warning", reason, message);

    /// <param name="type">Normal or Warning.</param>
    /// <param name="reason">Short CamelCase word for machines.</param>
    /// <param name="message">Sentence for people.</param>
    /// <param name="annotations">Annotations of the event object.</param>
    public void Record(ObjectReference about, string type, string reason, string message, ApiMap<string> annotations = default)
    {
        if (!_queue.Writer.TryWrite(Make(about, type, reason, message, annotations)))
        {
            Log.Dropped(_logger, reason, about.Kind, about.Namespace, about.Name);
        }
    }

    /// <summary>Writes what is queued, for up to 5 seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(5));
        await _writing;
        _stop.Dispose();
    }

    private Event Make(ObjectReference about, string type, string reason, string message, ApiMap<string> annotations)
    {
        var now = _time.GetUtcNow();
        var nanoseconds = (now - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
        return new Event
        {
            Metadata = new()
            {
                Name = about.Name + "." + nanoseconds.ToString("x", CultureInfo.InvariantCulture),
                Namespace = about.Namespace.Length == 0 ? "default" : about.Namespace,
                Annotations = annotations,
            },
            InvolvedObject = about,
            Type = type,
            Reason = reason,
            Message = message,
            FirstTimestamp = now,
            LastTimestamp = now,
            Count = 1,
            Source = _source,
            ReportingComponent = _source.Component,
            ReportingInstance = _source.Host,
        };
    }

    private async Task WriteAsync(CancellationToken stop)
    {
        await foreach (var value in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (stop.IsCancellationRequested)
            {
                return;
            }

            if (_correlator.Correlate(value) is { } correlated)
            {
                await WriteAsync(correlated.Value, correlated.Key, stop);
            }
        }
    }

    private async Task WriteAsync(Event value, EventKey key, CancellationToken stop)
    {
        // Upstream's numbers: up to 12 tries, 10 seconds apart, for a server that cannot be reached.
        for (var left = 12; left > 0 && !stop.IsCancellationRequested; left--)
        {
            try
            {
                _correlator.Recorded(key, await EventWriter.WriteAsync(_api, value, stop));
                return;
            }
            catch (ApiException exception)
            {
                // The server's refusal stands: a namespace that is going away, an object without rights.
                Log.Refused(_logger, value.Reason, value.InvolvedObject.Namespace, value.InvolvedObject.Name, exception.Message);
                return;
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                Log.Unreachable(_logger, exception.Message);
                await Task.Delay(TimeSpan.FromSeconds(10), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "event {Reason} about {Kind} {Namespace}/{Name} dropped: too many are waiting")]
        public static partial void Dropped(ILogger logger, string reason, string kind, string @namespace, string name);

        [LoggerMessage(LogLevel.Debug, "event {Reason} about {Namespace}/{Name} refused: {Message}")]
        public static partial void Refused(ILogger logger, string reason, string @namespace, string name, string message);

        [LoggerMessage(LogLevel.Warning, "cannot write an event, will try again: {Message}")]
        public static partial void Unreachable(ILogger logger, string message);
    }
}
