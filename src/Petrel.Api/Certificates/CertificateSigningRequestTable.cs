using Petrel.Api.Resources;

namespace Petrel.Api.Certificates;

/// <summary>A certificate signing request as a row.</summary>
internal static class CertificateSigningRequestTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        Column.Age,
        new("SignerName", Description:
            "Requested signer for the request. It is a qualified name in the form: `scope-hostname.io/name`. If empty, it will be defaulted:\n 1. If it's a kubelet "
            + "client certificate, it is assigned\n    \"kubernetes.io/kube-apiserver-client-kubelet\".\n 2. If it's a kubelet serving certificate, it is assigned\n"
            + "    \"kubernetes.io/kubelet-serving\".\n 3. Otherwise, it is assigned \"kubernetes.io/legacy-unknown\".\nDistribution of trust for signers happens out of "
            + "band. You can select on this field using `spec.signerName`."),
        new("Requestor", Description: "Base64-encoded PKCS#10 CSR data"),
        new("RequestedDuration", Description:
            "expirationSeconds is the requested duration of validity of the issued certificate. The certificate signer may issue a certificate with a different "
            + "validity duration so a client must check the delta between the notBefore and and notAfter fields in the issued certificate to determine the actual "
            + "duration.\n\nThe v1.22+ in-tree implementations of the well-known Kubernetes signers will honor this field as long as the requested duration is not "
            + "greater than the maximum duration they will honor per the --cluster-signing-duration CLI flag to the Kubernetes controller manager.\n\nCertificate "
            + "signers may not honor this field for various reasons:\n\n  1. Old signer that is unaware of the field (such as the in-tree\n     implementations prior "
            + "to v1.22)\n  2. Signer whose configured maximum is shorter than the requested duration\n  3. Signer whose configured minimum is longer than the "
            + "requested duration\n\nThe minimum valid value for expirationSeconds is 600, i.e. 10 minutes."),
        new("Condition", Description: "Conditions applied to the request, such as approval or denial."),
    ];

    public static IReadOnlyList<object?> Cells(CertificateSigningRequest request, DateTimeOffset now) =>
    [
        request.Metadata.Name,
        TableText.Age(request.Metadata.CreationTimestamp, now),
        TableText.OrNone(request.Spec.SignerName),
        request.Spec.Username,
        request.Spec.ExpirationSeconds is { } seconds ? TableText.Duration(TimeSpan.FromSeconds(seconds)) : TableText.None,
        State(request.Status),
    ];

    private static string State(CertificateSigningRequestStatus status)
    {
        bool Has(string type) => status.Of(type).Any();
        var decision = Has(CertificateSigningRequestCondition.Denied) ? "Denied" : Has(CertificateSigningRequestCondition.Approved) ? "Approved" : "Pending";
        return decision + (Has(CertificateSigningRequestCondition.Failed) ? ",Failed" : "") + (status.Certificate.Length > 0 ? ",Issued" : "");
    }
}
