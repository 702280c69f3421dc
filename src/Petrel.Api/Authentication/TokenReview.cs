using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Authentication;

/// <summary>Asks whether a token is good and whose it is.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenReview")]
public sealed partial record TokenReview : ApiObject, IResource<TokenReview>
{
    public static ResourceInfo Info { get; } = new("authentication.k8s.io", "v1", "TokenReview", "tokenreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The token.</summary>
    [Field(2, Required = true, Always = true)]
    public TokenReviewSpec Spec { get; init; } = TokenReviewSpec.Empty;

    /// <summary>The answer.</summary>
    [Field(3, Always = true)]
    public TokenReviewStatus Status { get; init; } = TokenReviewStatus.Empty;
}

[ApiType("io.k8s.api.authentication.v1.TokenReviewSpec")]
public sealed partial record TokenReviewSpec
{
    /// <summary>The token to check.</summary>
    [Field(1)]
    public string Token { get; init; } = "";

    /// <summary>Who asks: the token must be meant for one of these. The API server when empty.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Audiences { get; init; }
}

[ApiType("io.k8s.api.authentication.v1.TokenReviewStatus")]
public sealed partial record TokenReviewStatus
{
    /// <summary>The token is good.</summary>
    [Field(1)]
    public bool Authenticated { get; init; }

    /// <summary>Whose it is.</summary>
    [Field(2, Always = true)]
    public UserInfo User { get; init; } = UserInfo.Empty;

    /// <summary>Those of the asked audiences for which it is good.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<string> Audiences { get; init; }

    /// <summary>Why it could not be checked.</summary>
    [Field(3)]
    public string Error { get; init; } = "";
}

[ApiType("io.k8s.api.authentication.v1.UserInfo")]
public sealed partial record UserInfo
{
    /// <summary>Unique name of the user.</summary>
    [Field(1)]
    public string Username { get; init; } = "";

    /// <summary>Identity that outlives a reuse of the name.</summary>
    [Field(2)]
    public string Uid { get; init; } = "";

    /// <summary>Groups the user is in.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Groups { get; init; }

    /// <summary>What else the authenticator knows.</summary>
    [Field(4)]
    public ApiMap<ApiList<string>> Extra { get; init; }
}
