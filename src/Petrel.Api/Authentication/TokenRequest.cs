using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Authentication;

/// <summary>Asks for a token of a service account.</summary>
[ApiType("io.k8s.api.authentication.v1.TokenRequest")]
public sealed partial record TokenRequest : ApiObject, IResource<TokenRequest>, IHasDefaults, IValidated
{
    /// <summary>Has no path of its own: it is the body of the subresource token of service accounts.</summary>
    public static ResourceInfo Info { get; } = new("authentication.k8s.io", "v1", "TokenRequest", "tokenrequests") { Verbs = Verbs.Create };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What the token is to be like.</summary>
    [Field(2, Required = true, Always = true)]
    public TokenRequestSpec Spec { get; init; } = TokenRequestSpec.Empty;

    /// <summary>The token.</summary>
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
    /// <summary>Pod, Node or Secret.</summary>
    [Field(1)]
    public string Kind { get; init; } = "";

    /// <summary>Version of that kind.</summary>
    [Field(2)]
    public string ApiVersion { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(3)]
    public string Name { get; init; } = "";

    /// <summary>Identity of the object, so that a new one of the same name does not revive the token.</summary>
    [Field(4)]
    public string Uid { get; init; } = "";
}

[ApiType("io.k8s.api.authentication.v1.TokenRequestSpec")]
public sealed partial record TokenRequestSpec
{
    /// <summary>Who may accept the token; the API server when empty.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<string> Audiences { get; init; }

    /// <summary>How long the token is wanted to be valid; at least ten minutes. The server may choose another time.</summary>
    [Field(4, Always = true)]
    public long? ExpirationSeconds { get; init; }

    /// <summary>The token ends with this object.</summary>
    [Field(3, Always = true)]
    public BoundObjectReference? BoundObjectRef { get; init; }
}

[ApiType("io.k8s.api.authentication.v1.TokenRequestStatus")]
public sealed partial record TokenRequestStatus
{
    /// <summary>The token, a signed JWT.</summary>
    [Field(1, Required = true, Always = true)]
    public string Token { get; init; } = "";

    /// <summary>When it ends.</summary>
    [Field(2, Required = true, Always = true)]
    public DateTimeOffset? ExpirationTimestamp { get; init; }
}
