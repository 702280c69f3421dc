namespace Petrel.Dns.Kubernetes;

/// <summary>A port of a Service or EndpointSlice.</summary>
/// <param name="Name">Empty for the unnamed port of a service with a single port.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Port">The number.</param>
public sealed record PortRecord(string Name, string Protocol, ushort Port);
