namespace Petrel.Streams.Spdy;

/// <summary>A control frame to send because of one received.</summary>
internal readonly record struct SpdyReply(SpdyFrameType Type, int[] Words);
