using Petrel.Api.Rbac;
using static Petrel.ApiServer.Bootstrap.Roles.PolicyText;

namespace Petrel.ApiServer.Bootstrap.Roles;

/// <summary>Roles for asking for certificates and for approving such requests.</summary>
internal static class CertificateRoles
{
    public static IReadOnlyList<ClusterRole> List { get; } =
    [
        ClusterRole("system:certificates.k8s.io:certificatesigningrequests:nodeclient",
            Allow("create", "certificates.k8s.io", "certificatesigningrequests/nodeclient")),
        ClusterRole("system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
            Allow("create", "certificates.k8s.io", "certificatesigningrequests/selfnodeclient")),
        ClusterRole("system:certificates.k8s.io:kube-apiserver-client-approver",
            Allow("approve", "certificates.k8s.io", "signers", names: "kubernetes.io/kube-apiserver-client")),
        ClusterRole("system:certificates.k8s.io:kube-apiserver-client-kubelet-approver",
            Allow("approve", "certificates.k8s.io", "signers", names: "kubernetes.io/kube-apiserver-client-kubelet")),
        ClusterRole("system:certificates.k8s.io:kubelet-serving-approver",
            Allow("approve", "certificates.k8s.io", "signers", names: "kubernetes.io/kubelet-serving")),
        ClusterRole("system:certificates.k8s.io:legacy-unknown-approver",
            Allow("approve", "certificates.k8s.io", "signers", names: "kubernetes.io/legacy-unknown")),
    ];
}
