using Petrel.Api.Schema;

namespace Petrel.Api.Certificates;

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestStatus")]
public sealed partial record CertificateSigningRequestStatus
{
    /// <summary>What became of the request: Approved, Denied, Failed.</summary>
    [Field(1, ListType = "map", MapKeys = "type")]
    public ApiList<CertificateSigningRequestCondition> Conditions { get; init; }

    /// <summary>The certificate as PEM, followed by those of the authorities between it and the root; written by the signer, once.</summary>
    [Field(2, ListType = "atomic")]
    public Binary Certificate { get; init; }

    internal IEnumerable<CertificateSigningRequestCondition> Of(string type) => Conditions.Where(condition => condition.Type == type);
}

[ApiType("io.k8s.api.certificates.v1.CertificateSigningRequestCondition")]
public sealed partial record CertificateSigningRequestCondition
{
    public const string Approved = "Approved";
    public const string Denied = "Denied";
    public const string Failed = "Failed";

    /// <summary>Approved, Denied or Failed.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>True, False or Unknown; True for the three known types.</summary>
    [Field(6, Required = true, Always = true)]
    public string Status { get; init; } = "";

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(2)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(3)]
    public string Message { get; init; } = "";

    /// <summary>When the condition was last written.</summary>
    [Field(4, Always = true)]
    public DateTimeOffset? LastUpdateTime { get; init; }

    /// <summary>When the status last changed.</summary>
    [Field(5, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    /// <summary>With the times that are left out: now, or when a condition of this type and status came to be.</summary>
    internal CertificateSigningRequestCondition WithTimes(ApiList<CertificateSigningRequestCondition> known, DateTimeOffset now) => this with
    {
        LastUpdateTime = LastUpdateTime ?? now,
        LastTransitionTime = LastTransitionTime
            ?? known.FirstOrDefault(condition => condition.Type == Type && condition.Status == Status && condition.LastTransitionTime is not null)?.LastTransitionTime
            ?? now,
    };
}
