using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Petrel.Network.Services;

/// <summary>
/// Brings changed services to a proxy mode: gathers changes for a moment, applies them together, tries again after a
/// failure, and now and then looks whether the rules are still there. Without changes nothing else runs.
/// </summary>
/// <param name="options">Times, mostly.</param>
/// <param name="mode">Who applies.</param>
/// <param name="find">The service of a name as it is now, or null when there is nothing to proxy.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures go.</param>
internal sealed partial class ServiceSync(
    ServiceProxyOptions options, IServiceMode mode, Func<ServiceName, ProxiedService?> find, TimeProvider time, ILogger logger)
{
    private readonly Lock _lock = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly TaskCompletionSource _firstSync = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<ServiceName> _changed = [];
    private bool _isVerificationDue;
    private ServiceSnapshot _snapshot = ServiceSnapshot.Empty;

    /// <summary>Completes when the rules are in force for the first time.</summary>
    public Task FirstSync => _firstSync.Task;

    /// <summary>Notes that a service, or what is behind it, may be different. As many notes as there are services at most.</summary>
    public void Change(ServiceName name) => Note(() => _changed.Add(name));

    /// <summary>Applies what was noted so far, then every change, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // Watching for removal would take a process of its own (nft monitor); looking takes milliseconds.
        await using ITimer verification = time.CreateTimer(
            _ => Note(() => _isVerificationDue = true), null, options.VerifyInterval, options.VerifyInterval);
        bool isApplied = await ApplyAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            if (isApplied)
            {
                await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(options.CoalesceTime, time, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await Task.Delay(options.RetryInterval, time, cancellationToken).ConfigureAwait(false);
            }

            isApplied = await ApplyAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Applies what is noted. False when it has to be tried again.</summary>
    private async Task<bool> ApplyAsync(CancellationToken cancellationToken)
    {
        (HashSet<ServiceName> changed, bool isVerificationDue) = TakeNotes();
        foreach (ServiceName name in changed)
        {
            _snapshot = find(name) is ProxiedService service ? _snapshot.With(service) : _snapshot.Without(name);
        }

        try
        {
            bool isMissing = isVerificationDue && !await mode.VerifyAsync(cancellationToken).ConfigureAwait(false);
            if (isMissing)
            {
                Log.Removed(logger);
            }

            if (isMissing || changed.Count > 0 || !_firstSync.Task.IsCompleted)
            {
                await mode.SyncAsync(_snapshot, changed, cancellationToken).ConfigureAwait(false);
                _firstSync.TrySetResult();
            }

            return true;
        }
        catch (ServiceModeException exception)
        {
            Log.Failed(logger, exception.Message, options.RetryInterval);
            Note(() => _changed.UnionWith(changed));
            return false;
        }
    }

    private void Note(Action note)
    {
        lock (_lock)
        {
            note();
        }

        _signal.Writer.TryWrite(true);
    }

    private (HashSet<ServiceName> Changed, bool IsVerificationDue) TakeNotes()
    {
        lock (_lock)
        {
            var notes = (_changed, _isVerificationDue);
            (_changed, _isVerificationDue) = ([], false);
            return notes;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "services are not up to date, trying again in {RetryInterval}: {Message}")]
        public static partial void Failed(ILogger logger, string message, TimeSpan retryInterval);

        [LoggerMessage(LogLevel.Warning, "somebody removed the service rules; they are put back")]
        public static partial void Removed(ILogger logger);
    }
}
