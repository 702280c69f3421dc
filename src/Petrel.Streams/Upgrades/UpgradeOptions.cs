using System.Net.Security;

namespace Petrel.Streams.Upgrades;

/// <summary>How connections to the next hop are made, and how long they may take and last.</summary>
public sealed record UpgradeOptions
{
    /// <summary>Trust, client certificate and expected name for https targets; null for the platform's defaults.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>The name that a target is called by, and that its certificate must hold for; null for the host of its address.</summary>
    public string? ServerName { get; init; }

    /// <summary>Beginning of the names of headers whose values get a line each (<see cref="RepeatedHeaderStream"/>); null for none.</summary>
    public string? RepeatedHeaders { get; init; }

    /// <summary>Connect to this Unix socket; the target's host is then only a name in the request.</summary>
    public string? UnixSocketPath { get; init; }

    /// <summary>From the start of connecting to the end of the response headers.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A stream on which nothing moves either way for this long is closed (kubelet: streamingConnectionIdleTimeout).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromHours(4);

    /// <summary>
    /// How long the end of a session waits for the client to take the last bytes and close. Closing first would reset
    /// the connection as soon as the client sends, and lose what it has not read yet.
    /// </summary>
    public TimeSpan FinishTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Response headers longer than this, in KiB, fail the handshake.</summary>
    public int MaxResponseHeaderKibibytes { get; init; } = 64;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
