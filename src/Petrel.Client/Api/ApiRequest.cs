namespace Petrel.Client.Api;

/// <summary>A request to the API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="PathAndQuery">E.g. <c>/api/v1/namespaces/default/pods?limit=500</c>, escaped.</param>
public sealed record ApiRequest(string Method, string PathAndQuery)
{
    /// <summary>Body; empty for none.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public string Accept { get; init; } = "application/json";
}
