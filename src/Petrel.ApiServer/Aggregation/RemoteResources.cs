namespace Petrel.ApiServer.Aggregation;

/// <summary>The resources of one group version of an extension API server.</summary>
/// <param name="Json">The list <c>resources</c> of an APIVersionDiscovery; empty when there is none.</param>
/// <param name="IsCurrent">False when the server could not be asked the last time.</param>
internal sealed record RemoteResources(ReadOnlyMemory<byte> Json, bool IsCurrent)
{
    public static RemoteResources Unknown { get; } = new(default, IsCurrent: false);
}
