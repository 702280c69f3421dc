namespace Petrel.Streams.RemoteCommands;

/// <summary>Names and numbers of Kubernetes' remote command protocols (KEP-4006).</summary>
public static class RemoteCommandProtocol
{
    /// <summary>WebSocket subprotocol with a signal that one direction of a channel ends.</summary>
    public const string WebSocketV5 = "v5.channel.k8s.io";

    /// <summary>SPDY protocol whose error stream carries a Status in JSON, exit codes included.</summary>
    public const string SpdyV4 = "v4.channel.k8s.io";

    /// <summary>Header of a SPDY stream that says which of the five it is.</summary>
    internal const string StreamTypeHeader = "streamtype";

    /// <summary>Client message of this first byte and a channel number: no more data on that channel (v5).</summary>
    internal const byte CloseChannel = 255;
}
