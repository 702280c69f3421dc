namespace Petrel.Streams.Spdy;

/// <summary>Why a stream was ended by RST_STREAM (SPDY/3.1 section 2.4.2).</summary>
public enum SpdyResetStatus
{
    ProtocolError = 1,
    InvalidStream = 2,
    RefusedStream = 3,
    UnsupportedVersion = 4,
    Cancel = 5,
    InternalError = 6,
    FlowControlError = 7,
    StreamInUse = 8,
    StreamAlreadyClosed = 9,
    FrameTooLarge = 11,
}
