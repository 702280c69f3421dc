namespace Petrel.Streams.Spdy;

/// <summary>Which end of a connection this is: the client opens odd stream numbers, the server even ones.</summary>
public enum SpdyRole
{
    Client,
    Server,
}
