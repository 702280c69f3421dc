namespace Petrel.Streams.RemoteCommands;

/// <summary>The first byte of every message on a remote command WebSocket.</summary>
internal enum RemoteCommandChannel : byte
{
    Stdin = 0,
    Stdout = 1,
    Stderr = 2,

    /// <summary>How the command ended: a Status in JSON.</summary>
    Error = 3,

    /// <summary>Terminal sizes, <c>{"Width":80,"Height":24}</c>.</summary>
    Resize = 4,
}
