namespace Petrel.Dns.Listening;

/// <summary>What clients together and each may cost the server.</summary>
public sealed record DnsServerLimits
{
    /// <summary>
    /// Longest UDP reply, whatever larger size a client announces: what passes every common path unfragmented
    /// (DNS flag day 2020). Longer answers are truncated and fetched over TCP.
    /// </summary>
    public int UdpPayloadBytesMax { get; init; } = 1232;

    /// <summary>Loops that receive from one UDP socket.</summary>
    public int UdpReceivers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>
    /// Queries of one UDP socket that may wait at a time; then the socket is not read until some are answered. Above the
    /// thousand that <c>forward</c> lets wait, so that it is the one to refuse.
    /// </summary>
    public int UdpWaitingMax { get; init; } = 2048;

    /// <summary>Open TCP connections of one socket; further ones are closed at once.</summary>
    public int TcpConnectionsMax { get; init; } = 512;

    /// <summary>Queries of one TCP connection worked on at a time; then it is not read until one is answered.</summary>
    public int TcpPipelineMax { get; init; } = 16;

    /// <summary>How long a TCP connection may be silent, or a client take to send a message or accept a reply.</summary>
    public TimeSpan TcpIdleTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
