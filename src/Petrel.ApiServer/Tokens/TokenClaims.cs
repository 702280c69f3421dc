using Petrel.Api;

namespace Petrel.ApiServer.Tokens;

/// <summary>What a service account token says (RFC 7519, and <c>kubernetes.io</c> as upstream defines it). Times are whole seconds.</summary>
internal sealed record TokenClaims
{
    public required string Issuer { get; init; }

    /// <summary>The service account's user name.</summary>
    public required string Subject { get; init; }

    public ApiList<string> Audiences { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public DateTimeOffset? IssuedAt { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Unique name of the token (jti); empty when it has none.</summary>
    public string Id { get; init; } = "";

    public required string Namespace { get; init; }

    public required ClaimedObject ServiceAccount { get; init; }

    /// <summary>The token dies with this pod.</summary>
    public ClaimedObject? Pod { get; init; }

    /// <summary>The node of the pod; without a pod, the token dies with this node.</summary>
    public ClaimedObject? Node { get; init; }

    /// <summary>The token dies with this secret.</summary>
    public ClaimedObject? Secret { get; init; }

    /// <summary>When the client should have asked for a new token, although this one is still good.</summary>
    public DateTimeOffset? WarnAfter { get; init; }
}

/// <summary>An object that a token names. A node that did not exist when the token was issued has no uid.</summary>
internal sealed record ClaimedObject(string Name, string Uid);
