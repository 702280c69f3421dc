using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Authentication;

[ApiType("io.k8s.api.authentication.v1.TokenRequest")]
public sealed partial record TokenRequest : ApiObject, IResource<TokenRequest>, IHasDefaults, IValidated
{
    /// <summary>Has no path of its own: it is the body of the subresource token of service accounts.</summary>
    public static ResourceInfo Info { get; } = new("authentication.k8s.io", "v1", "TokenRequest", "tokenrequests") { Verbs = Verbs.Create };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    [Field(2, Required = true, Always = true)]
    public TokenRequestSpec Spec { get; init; } = TokenRequestSpec.Empty;

    [Field(3, Always = true)]
    public TokenRequestStatus Status { get; init; } = TokenRequestStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { ExpirationSeconds = Spec.ExpirationSeconds ?? 60 * 60 } };

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec", "expirationSeconds");
        if (Spec.ExpirationSeconds < 10 * 60)
        {
            errors.Invalid(path, Spec.ExpirationSeconds, "may not specify a duration less than 10 minutes");
        }
        else if (Spec.ExpirationSeconds > 1L << 32)
        {
            errors.Invalid(path, Spec.ExpirationSeconds, "may not specify a duration larger than 2^32 seconds");
        }
    }
}

[ApiType("io.k8s.api.authentication.v1.BoundObjectReference")]
public sealed partial record BoundObjectReference
{
    [Field(1)]
    public string Kind { get; init; } = "";

    [Field(2)]
    public string ApiVersion { get; init; } = "";

    [Field(3)]
    public string Name { get; init; } = "";

    [Field(4)]
    public string Uid { get; init; } = "";
}

[ApiType("io.k8s.api.authentication.v1.TokenRequestSpec")]
public sealed partial record TokenRequestSpec
{
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Audiences { get; init; }

    [Field(4, Always = true)]
    public long? ExpirationSeconds { get; init; }

    [Field(3, Always = true)]
    public BoundObjectReference? BoundObjectRef { get; init; }
}

[ApiType("io.k8s.api.authentication.v1.TokenRequestStatus")]
public sealed partial record TokenRequestStatus
{
    [Field(1, Required = true, Always = true)]
    public string Token { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public DateTimeOffset? ExpirationTimestamp { get; init; }
}
