using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.TokenReview")]
public sealed partial record TokenReview : ApiObject, IResource<TokenReview>
{
    public static ResourceInfo Info { get; } = new("authentication.k8s.io", "v1", "TokenReview", "tokenreviews")
    {
        Namespaced = false,
        Verbs = Verbs.Create,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    [Field(2, Required = true, Always = true)]
    public TokenReviewSpec Spec { get; init; } = TokenReviewSpec.Empty;

    [Field(3, Always = true)]
    public TokenReviewStatus Status { get; init; } = TokenReviewStatus.Empty;
}

[ApiType("io.k8s.api.authentication.v1.TokenReviewSpec")]
public sealed partial record TokenReviewSpec
{
    [Field(1)]
    public string Token { get; init; } = "";

    [Field(2, ListType = "atomic")]
    public ApiList<string> Audiences { get; init; }
}

[ApiType("io.k8s.api.authentication.v1.TokenReviewStatus")]
public sealed partial record TokenReviewStatus
{
    [Field(1)]
    public bool Authenticated { get; init; }

    [Field(2, Always = true)]
    public UserInfo User { get; init; } = UserInfo.Empty;

    [Field(4, ListType = "atomic")]
    public ApiList<string> Audiences { get; init; }

    [Field(3)]
    public string Error { get; init; } = "";
}

[ApiType("io.k8s.api.authentication.v1.UserInfo")]
public sealed partial record UserInfo
{
    [Field(1)]
    public string Username { get; init; } = "";

    [Field(2)]
    public string Uid { get; init; } = "";

    [Field(3, ListType = "atomic")]
    public ApiList<string> Groups { get; init; }

    [Field(4)]
    public ApiMap<ApiList<string>> Extra { get; init; }
}
