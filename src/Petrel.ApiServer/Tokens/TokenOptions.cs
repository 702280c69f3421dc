using Petrel.Api;

namespace Petrel.ApiServer.Tokens;

/// <summary>Settings of service account tokens; named after upstream's flags.</summary>
public sealed record TokenOptions
{
    /// <summary>Flag <c>--service-account-issuer</c>: who signs the tokens, a URL; also where clients look for the keys.</summary>
    public string Issuer { get; init; } = "https://kubernetes.default.svc.cluster.local";

    /// <summary>Flag <c>--api-audiences</c>: as whom the API server takes tokens; the issuer when empty.</summary>
    public ApiList<string> Audiences { get; init; }

    /// <summary>Flag <c>--service-account-max-token-expiration</c>: longer requests get this; null for no limit.</summary>
    public TimeSpan? MaximumLifetime { get; init; }

    /// <summary>
    /// Flag <c>--service-account-extend-token-expiration</c>: tokens for pods, which ask for one hour and seven seconds, are
    /// good for a year, so that programs which read their token only once go on working.
    /// </summary>
    public bool ExtendLifetime { get; init; } = true;

    /// <summary>The audiences in effect.</summary>
    public ApiList<string> EffectiveAudiences => Audiences.IsEmpty ? [Issuer] : Audiences;
}
