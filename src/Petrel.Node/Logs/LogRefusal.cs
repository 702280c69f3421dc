namespace Petrel.Node.Logs;

/// <summary>Why a log is not read, as the node's HTTP client sees it.</summary>
/// <param name="StatusCode">HTTP status.</param>
/// <param name="Message">The body, in the kubelet's words.</param>
public sealed record LogRefusal(int StatusCode, string Message);
