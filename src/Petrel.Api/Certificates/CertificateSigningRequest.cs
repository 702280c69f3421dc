using Petrel.Api.Authentication;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Certificates;

/// <summary>
/// Asks a signer for a certificate. The request itself never changes: approval and certificate come through subresources.
/// </summary>
[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequest")]
public sealed partial record CertificateSigningRequest : ApiObject, IResource<CertificateSigningRequest>, IHasStatus, IHasUpdatableParts, IPrepared, IRecordsRequester, IRecordsTimes, ISelectable, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("certificates.k8s.io", "v1", "CertificateSigningRequest", "certificatesigningrequests")
    {
        Columns = CertificateSigningRequestTable.Columns,
        NameRule = static (_, _) => [],
        Namespaced = false,
        ResetFields = ["spec", "status"],
        ShortNames = ["csr"],
        Subresources =
        [
            new("approval", Verbs.GetPatchUpdate) { ResetFields = ["spec"] },
            new("status", Verbs.GetPatchUpdate),
        ],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The request. Cannot be changed.</summary>
    [Field(2, Always = true, Required = true)]
    public CertificateSigningRequestSpec Spec { get; init; } = CertificateSigningRequestSpec.Empty;

    /// <summary>Whether it was approved, and the certificate.</summary>
    [Field(3, Always = true)]
    public CertificateSigningRequestStatus Status { get; init; } = CertificateSigningRequestStatus.Empty;

    /// <summary>Nobody can create a request that is approved already.</summary>
    public ApiObject PrepareForCreate() => this with { Status = CertificateSigningRequestStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old)
    {
        var known = (CertificateSigningRequest)old;
        return this with { Spec = known.Spec, Status = known.Status };
    }

    /// <inheritdoc/>
    public ApiObject WithRequester(UserInfo user) => this with
    {
        Spec = Spec with { Username = user.Username, Uid = user.Uid, Groups = user.Groups, Extra = user.Extra },
    };

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => this with { Status = ((CertificateSigningRequest)other).Status };

    /// <summary>Signers may not touch who approved or denied; if they add or remove that, validation will say so.</summary>
    public ApiObject PrepareForStatusUpdate(ApiObject old)
    {
        var known = (CertificateSigningRequest)old;
        var conditions = Status.Conditions;
        foreach (var type in (string[])[CertificateSigningRequestCondition.Approved, CertificateSigningRequestCondition.Denied])
        {
            var (before, now) = (known.Status.Of(type).ToArray(), Status.Of(type).Count());
            if (before.Length == now)
            {
                var next = 0;
                conditions = conditions.ConvertAll(condition => condition.Type == type ? before[next++] : condition);
            }
        }

        return this with { Spec = known.Spec, Status = Status with { Conditions = conditions } };
    }

    /// <inheritdoc/>
    public ApiObject PrepareForPartUpdate(string subresource, ApiObject old)
    {
        var known = (CertificateSigningRequest)old;
        return this with { Spec = known.Spec, Status = Status with { Certificate = known.Status.Certificate } };
    }

    /// <inheritdoc/>
    public ApiObject WithTimes(ApiObject old, DateTimeOffset now)
    {
        var known = ((CertificateSigningRequest)old).Status.Conditions;
        return this with { Status = Status with { Conditions = Status.Conditions.ConvertAll(condition => condition.WithTimes(known, now)) } };
    }

    public static IReadOnlyList<string> SelectableFields { get; } = ["spec.signerName"];

    /// <inheritdoc/>
    public string FieldValue(string field) => field == "spec.signerName" ? Spec.SignerName : "";

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => CertificateSigningRequestTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => new CertificateSigningRequestRules(this, null).Validate(errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => ValidateChange(old, errors, maySetApproval: false, maySetCertificate: false);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => ValidateChange(old, errors, maySetApproval: false, maySetCertificate: true);

    /// <inheritdoc/>
    public void ValidatePartUpdate(string subresource, ApiObject old, FieldErrors errors) => ValidateChange(old, errors, maySetApproval: true, maySetCertificate: false);

    private void ValidateChange(ApiObject old, FieldErrors errors, bool maySetApproval, bool maySetCertificate)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        new CertificateSigningRequestRules(this, (CertificateSigningRequest)old).ValidateChange(maySetApproval, maySetCertificate, errors);
    }
}

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestSpec")]
public sealed partial record CertificateSigningRequestSpec
{
    /// <summary>The PKCS#10 request as PEM.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public Binary Request { get; init; }

    /// <summary>Who is to sign, DOMAIN/NAME.</summary>
    [Field(7, Required = true, Always = true)]
    public string SignerName { get; init; } = "";

    /// <summary>Seconds for which the certificate should be valid, at least 600; the signer decides when left out.</summary>
    [Field(8)]
    public int? ExpirationSeconds { get; init; }

    /// <summary>What the key will be used for.</summary>
    [Field(5, ListType = "atomic", Enum =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only", "digital signature",
        "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc",
        "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ])]
    public ApiList<string> Usages { get; init; }

    /// <summary>Who asks; written by the server.</summary>
    [Field(2)]
    public string Username { get; init; } = "";

    /// <summary>The uid of who asks; written by the server.</summary>
    [Field(3)]
    public string Uid { get; init; } = "";

    /// <summary>The groups of who asks; written by the server.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<string> Groups { get; init; }

    /// <summary>What else is known of who asks; written by the server.</summary>
    [Field(6)]
    public ApiMap<ApiList<string>> Extra { get; init; }
}
