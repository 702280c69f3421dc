using Petrel.Api;

namespace Petrel.ApiServer.Tokens;

/// <summary>Settings of service account tokens; named after upstream's flags.</summary>
public sealed record TokenOptions
{
    private static readonly TimeSpan ShortestMaximum = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestMaximum = TimeSpan.FromSeconds(1L << 32);

    /// <summary>Flag <c>--service-account-issuer</c>: who signs the tokens, a URL; also where clients look for the keys.</summary>
    public string Issuer { get; init; } = "https://kubernetes.default.svc";

    /// <summary>Flag <c>--api-audiences</c>: as whom the API server takes tokens; the issuer when empty.</summary>
    public ApiList<string> Audiences { get; init; }

    /// <summary>Flag <c>--service-account-max-token-expiration</c>: longer requests get this; null for no limit.</summary>
    public TimeSpan? MaximumLifetime { get; init; }

    /// <summary>
    /// Flag <c>--service-account-extend-token-expiration</c>: tokens for pods, which ask for one hour and seven seconds, are
    /// good for a year, so that programs which read their token only once go on working.
    /// </summary>
    public bool ExtendLifetime { get; init; } = true;

    /// <summary>What is wrong with the settings, in upstream's words; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (Issuer.Length == 0)
        {
            problems.Add("service-account-issuer is a required flag");
        }
        else if (Issuer.Contains(':', StringComparison.Ordinal) && !Uri.TryCreate(Issuer, UriKind.Absolute, out _))
        {
            problems.Add($"service-account-issuer \"{Issuer}\" contained a ':' but was not a valid URL");
        }

        if (MaximumLifetime is { } maximum && (maximum < ShortestMaximum || maximum > LongestMaximum))
        {
            problems.Add("the service-account-max-token-expiration must be between 1 hour and 2^32 seconds");
        }

        return problems;
    }

    /// <summary>The audiences in effect.</summary>
    public ApiList<string> EffectiveAudiences => Audiences.IsEmpty ? [Issuer] : Audiences;
}
