namespace Petrel.Network.Services;

/// <summary>The protocols a service port can have (core/v1 Protocol).</summary>
public enum TransportProtocol
{
    Tcp,
    Udp,
    Sctp,
}
