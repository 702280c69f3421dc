namespace Petrel.Streams.Spdy;

/// <summary>The control frames of SPDY/3.1 (section 2.6) by their number on the wire.</summary>
internal enum SpdyFrameType
{
    SynStream = 1,
    SynReply = 2,
    RstStream = 3,
    Settings = 4,
    Ping = 6,
    GoAway = 7,
    Headers = 8,
    WindowUpdate = 9,
}
