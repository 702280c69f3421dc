namespace Petrel.Streams.Spdy;

/// <summary>What a peer may make one connection hold. A peer that asks for more is refused or disconnected.</summary>
public sealed record SpdyLimits
{
    /// <summary>Longest control frame read. DATA frames have no limit of their own: they pass through in pieces.</summary>
    public int ControlFrameBytes { get; init; } = 64 * 1024;

    /// <summary>Longest header block after decompression.</summary>
    public int HeaderBlockBytes { get; init; } = 64 * 1024;

    /// <summary>Streams open at one time, whoever opened them. A port-forward needs two for every connection.</summary>
    public int Streams { get; init; } = 1024;

    /// <summary>
    /// Received bytes that wait for the reader of one stream. When they are that many, the whole connection stops
    /// reading: SPDY as Kubernetes speaks it has no window per stream.
    /// </summary>
    public int StreamBufferBytes { get; init; } = 256 * 1024;

    /// <summary>Answers (to PING, to refused streams) that wait for a peer that sends but does not read.</summary>
    public int PendingReplies { get; init; } = 64;
}
