namespace Petrel.ApiServer.Fairness;

/// <summary>A priority level at one moment.</summary>
/// <param name="Queues">Those with requests, by index.</param>
/// <param name="Running">The requests that run.</param>
internal sealed record PriorityLevelState(PriorityLevelCounts Counts, int Waiting, int Executing, int SeatsInUse, IReadOnlyList<QueueState> Queues, IReadOnlyList<FlowRequest> Running);
