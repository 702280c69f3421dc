namespace Petrel.Storage.Backends.Embedded.Leasing;

/// <summary>A lease granted, or revoked when <paramref name="TimeToLive"/> is null.</summary>
internal readonly record struct LeaseChange(long Id, TimeSpan? TimeToLive);
