namespace Petrel.Streams.Upgrades;

/// <summary>The next hop's answer, or why there is none. Exactly one of the two is set.</summary>
/// <param name="Response">The answer, upgraded or not; to be disposed.</param>
/// <param name="Failure">What went wrong before there was an answer, worded as Go's net package does.</param>
public sealed record UpgradeResult(UpgradeResponse? Response, string? Failure);
