using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Petrel.Api.FlowControl;
using Petrel.Api.Resources;
using Petrel.ApiServer.Authorization.Feeds;
using Petrel.ApiServer.Registry;
using Petrel.Client.Api;
using Petrel.Storage;

namespace Petrel.ApiServer.Fairness;

/// <summary>
/// Keeps what is in force equal to the stored flow schemas and priority levels, divides the seats every few seconds, and tells in the
/// schemas' status which of them lead nowhere (upstream's priority-and-fairness-config-consumer).
/// </summary>
internal sealed partial class FlowControlConsumer(FlowController flows, IStore store, IApi api, TimeProvider time, ILogger<FlowControlConsumer> logger)
{
    private static readonly TimeSpan DivisionInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly DanglingConditions _conditions = new(api, time);

    // One signal stands for any number of changes.
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (schemas, levels) = (new StoredByName<FlowSchema>(Changed), new StoredByName<PriorityLevelConfiguration>(Changed));
        await using var schemaFeed = new StoredObjectFeed<FlowSchema>(new ResourceStore(store, ResourceType.Of<FlowSchema>(), time), schemas, time, logger);
        await using var levelFeed = new StoredObjectFeed<PriorityLevelConfiguration>(new ResourceStore(store, ResourceType.Of<PriorityLevelConfiguration>(), time), levels, time, logger);
        await levelFeed.StartAsync(cancellationToken);
        await schemaFeed.StartAsync(cancellationToken);
        await using var division = time.CreateTimer(_ => flows.DivideSeats(), null, DivisionInterval, DivisionInterval);
        try
        {
            await foreach (var _ in _changes.Reader.ReadAllAsync(cancellationToken))
            {
                flows.Configure(schemas.All(), levels.All());
                await WriteConditionsAsync(schemas, levels, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped as asked.
        }
    }

    private void Changed() => _changes.Writer.TryWrite(true);

    private async Task WriteConditionsAsync(StoredByName<FlowSchema> schemas, StoredByName<PriorityLevelConfiguration> levels, CancellationToken cancellationToken)
    {
        try
        {
            await _conditions.RunAsync(schemas.All(), levels.All(), cancellationToken);
        }
        catch (ApiException exception)
        {
            Log.Retrying(logger, exception, RetryDelay.TotalSeconds);
            await Task.Delay(RetryDelay, time, cancellationToken);
            Changed();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Writing the status of flow schemas failed; trying again in {Seconds} s")]
        public static partial void Retrying(ILogger logger, Exception exception, double seconds);
    }
}
