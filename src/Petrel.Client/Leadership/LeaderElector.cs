using Microsoft.Extensions.Logging;
using Petrel.Client.Api;

namespace Petrel.Client.Leadership;

/// <summary>
/// Lets one of several candidates lead, agreed on by a coordination.k8s.io Lease: whoever wrote it last holds it as long as
/// it renews it.
/// </summary>
public sealed partial class LeaderElector(IApi api, LeaderElectionOptions options, TimeProvider time, ILogger<LeaderElector> logger)
{
    private readonly LeaseRecord _lease = new(api, options, time);

    /// <summary>Who leads as far as known here; empty when unknown.</summary>
    public string Leader => _lease.Holder;

    /// <summary>
    /// Waits for leadership, then runs <paramref name="lead"/> until it ends, leadership is lost or the caller cancels. The
    /// token given to it is cancelled when leadership is lost: it must stop at once. The lease is given up at the end.
    /// </summary>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken cancellationToken)
    {
        await AcquireAsync(cancellationToken);
        Log.Leading(logger, options.Identity, options.Namespace, options.Name);
        using var leading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewing = RenewAsync(leading.Token);
        var work = lead(leading.Token);
        await Task.WhenAny(renewing, work);
        await leading.CancelAsync();
        await renewing;
        try
        {
            await work;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Leadership was lost, and the work stopped as told.
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    private async Task AcquireAsync(CancellationToken cancellationToken)
    {
        while (!await TryAsync(cancellationToken))
        {
            // Up to 1.2 times as much more, so that candidates do not run in step.
            await Task.Delay(options.RetryPeriod * (1 + (Random.Shared.NextDouble() * 1.2)), time, cancellationToken);
        }
    }

    /// <summary>Renews until cancelled or until renewal failed for too long.</summary>
    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        var renewed = time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(options.RetryPeriod, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            using var deadline = new CancellationTokenSource(Remaining(renewed), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
            if (await TryAsync(either.Token))
            {
                renewed = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(renewed) >= options.RenewDeadline)
            {
                Log.Lost(logger, options.Identity, options.Namespace, options.Name);
                return;
            }
        }
    }

    private TimeSpan Remaining(long renewed)
    {
        var left = options.RenewDeadline - time.GetElapsedTime(renewed);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task<bool> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _lease.TryAcquireOrRenewAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException)
        {
            Log.Failed(logger, options.Namespace, options.Name, exception.Message);
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        using var deadline = new CancellationTokenSource(options.RetryPeriod, time);
        try
        {
            await _lease.ReleaseAsync(deadline.Token);
        }
        catch (Exception exception) when (exception is ApiException or HttpRequestException or OperationCanceledException)
        {
            // The lease runs out by itself.
            Log.Failed(logger, options.Namespace, options.Name, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Identity} leads by lease {Namespace}/{Name}")]
        public static partial void Leading(ILogger logger, string identity, string @namespace, string name);

        [LoggerMessage(LogLevel.Error, "{Identity} lost the lease {Namespace}/{Name}")]
        public static partial void Lost(ILogger logger, string identity, string @namespace, string name);

        [LoggerMessage(LogLevel.Warning, "cannot get or renew the lease {Namespace}/{Name}: {Message}")]
        public static partial void Failed(ILogger logger, string @namespace, string name, string message);
    }
}
