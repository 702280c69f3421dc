namespace Petrel.ApiServer.Bench;

/// <summary>What a server with so many objects takes.</summary>
/// <param name="BytesEach">Resident memory that came with the objects, for each.</param>
/// <param name="StoredBytesEach">Length of one as JSON.</param>
/// <param name="Get">Median time of one client's gets; the same for the others.</param>
internal sealed record GrowthStep(int Objects, double BytesEach, long StoredBytesEach, TimeSpan Get, TimeSpan List, TimeSpan Update);
