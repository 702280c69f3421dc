namespace Petrel.Node.Streaming;

/// <summary>What a client of port-forward asks of the node.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod's name.</param>
/// <param name="PodUid">When given, the pod must still be this one.</param>
/// <param name="Ports">Only WebSocket clients of the old protocol name ports ahead; others name them stream by stream.</param>
public sealed record PortForwardStreamRequest(string Namespace, string Pod, string? PodUid, IReadOnlyList<int> Ports);
