namespace Petrel.Streams.Upgrades;

/// <summary>Why a client's upgrade request was not passed on; nothing was written to the client yet.</summary>
/// <param name="StatusCode">The HTTP status that upstream's proxies answer.</param>
/// <param name="Message">Upstream's words.</param>
public sealed record UpgradeFailure(int StatusCode, string Message);
