using System.Net.Security;

namespace Petrel.Grpc;

/// <summary>What holds for all calls of a <see cref="GrpcChannel"/>.</summary>
public sealed record GrpcChannelOptions
{
    /// <summary>Longest message accepted, in bytes. The default is the node agent's for its container runtime: a list of everything on a full node.</summary>
    public int MaxReceiveMessageBytes { get; init; } = 16 * 1024 * 1024;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Certificates for an https address; null for the platform's defaults.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
