using Petrel.Api;

namespace Petrel.ApiServer.Authentication;

/// <summary>What an authenticator made of a request's or a review's credentials.</summary>
public readonly record struct AuthenticationResult
{
    private AuthenticationResult(AuthenticationOutcome outcome, UserInfo? user, ApiList<string> audiences, ApiList<string> errors) =>
        (Outcome, User, Audiences, Errors) = (outcome, user, audiences, errors);

    public AuthenticationOutcome Outcome { get; }

    /// <summary>The user; null unless authenticated.</summary>
    public UserInfo? User { get; }

    /// <summary>The audiences both asked for and named by the token; empty for credentials that know no audiences.</summary>
    public ApiList<string> Audiences { get; }

    /// <summary>Why credentials were rejected, one entry per authenticator that looked at them. Only token reviews show them.</summary>
    public ApiList<string> Errors { get; }

    /// <summary>The request carries nothing this authenticator understands.</summary>
    public static AuthenticationResult NoCredentials => default;

    public static AuthenticationResult Authenticated(UserInfo user, ApiList<string> audiences = default) =>
        new(AuthenticationOutcome.Authenticated, user, audiences, default);

    public static AuthenticationResult Rejected(params ApiList<string> errors) => new(AuthenticationOutcome.Rejected, null, default, errors);

    /// <summary>The errors as upstream prints several: one alone, more in brackets.</summary>
    public string ErrorText => Errors.Count switch
    {
        0 => "",
        1 => Errors[0],
        _ => $"[{string.Join(", ", Errors.Distinct())}]",
    };
}

/// <summary>The three ways an authentication can go.</summary>
public enum AuthenticationOutcome
{
    NoCredentials,
    Authenticated,

    /// <summary>There were credentials and they are wrong: 401.</summary>
    Rejected,
}
