namespace Petrel.Storage;

/// <summary>A lease at one moment.</summary>
/// <param name="Id">Positive; pass it to <see cref="Transaction.Put"/> to attach a key.</param>
/// <param name="TimeToLive">What a renewal grants.</param>
/// <param name="Remaining">Time until expiry unless renewed; never negative.</param>
public sealed record Lease(long Id, TimeSpan TimeToLive, TimeSpan Remaining);
