using Microsoft.Extensions.Logging;
using Petrel.Client.Api;

namespace Petrel.ApiServer.Bootstrap.FlowControl;

/// <summary>Looks after the built-in flow schemas and priority levels as long as the server runs (upstream's priority-and-fairness-config-producer).</summary>
internal sealed partial class FlowControlKeeper(IApi api, TimeProvider time, ILogger<FlowControlKeeper> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly FlowControlObjects _objects = new();

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await _objects.RunAsync(api, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (exception is ApiException or HttpRequestException)
            {
                Log.Retrying(logger, exception, Interval.TotalSeconds);
            }

            await Task.Delay(Interval, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Keeping the built-in flow schemas and priority levels failed; trying again in {Seconds} s")]
        public static partial void Retrying(ILogger logger, Exception exception, double seconds);
    }
}
