using Petrel.Streams.RemoteCommands;

namespace Petrel.Node.Streaming;

/// <summary>What a client of exec or attach asks of the node.</summary>
/// <param name="Namespace">The pod's namespace.</param>
/// <param name="Pod">The pod's name.</param>
/// <param name="PodUid">When given, the pod must still be this one.</param>
/// <param name="Container">Name of a regular, init or ephemeral container.</param>
/// <param name="Command">The command to execute; empty for attach.</param>
/// <param name="Streams">At least one of stdin, stdout and stderr.</param>
public sealed record ContainerStreamRequest(
    string Namespace,
    string Pod,
    string? PodUid,
    string Container,
    IReadOnlyList<string> Command,
    RemoteCommandStreams Streams);
