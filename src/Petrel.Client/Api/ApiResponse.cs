namespace Petrel.Client.Api;

/// <summary>The answer to an <see cref="ApiRequest"/>.</summary>
/// <param name="StatusCode">HTTP status code.</param>
/// <param name="ContentType">Media type of the body without parameters.</param>
/// <param name="Body">The whole body.</param>
public readonly record struct ApiResponse(int StatusCode, string ContentType, ReadOnlyMemory<byte> Body)
{
    public bool IsSuccess => StatusCode is >= 200 and < 300;
}
