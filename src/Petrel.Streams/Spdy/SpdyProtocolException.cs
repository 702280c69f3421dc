namespace Petrel.Streams.Spdy;

/// <summary>The peer broke the protocol or a limit; the connection ends with GOAWAY.</summary>
public sealed class SpdyProtocolException(string message) : IOException(message);
