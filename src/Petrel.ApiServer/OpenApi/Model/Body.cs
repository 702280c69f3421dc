namespace Petrel.ApiServer.OpenApi.Model;

/// <summary>The body that an operation takes.</summary>
/// <param name="Definition">Name of its definition.</param>
/// <param name="IsRequired">An empty body is refused.</param>
internal sealed record Body(string Definition, bool IsRequired);
