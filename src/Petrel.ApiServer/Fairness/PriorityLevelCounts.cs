namespace Petrel.ApiServer.Fairness;

/// <summary>What has become of a priority level's requests so far.</summary>
internal readonly record struct PriorityLevelCounts(long Dispatched, long Rejected, long TimedOut, long Cancelled);
