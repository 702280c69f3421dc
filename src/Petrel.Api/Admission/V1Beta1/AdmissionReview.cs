using Petrel.Api.Schema;

namespace Petrel.Api.Admission.V1Beta1;

/// <summary>A question to a webhook, or its answer, in the older version, which has the same fields.</summary>
[ApiType("io.k8s.api.admission.v1beta1.AdmissionReview", Kind = "AdmissionReview", ApiVersion = "admission.k8s.io/v1beta1")]
public sealed partial record AdmissionReview
{
    /// <summary>What is asked; left out in answers.</summary>
    [Field(1)]
    public AdmissionRequest? Request { get; init; }

    /// <summary>The answer; left out in questions.</summary>
    [Field(2)]
    public AdmissionResponse? Response { get; init; }
}
