namespace Petrel.ApiServer.Pki;

/// <summary>The client certificates by which the parts of a cluster know each other (kubernetes.io, "PKI certificates and requirements").</summary>
public static class ComponentCertificates
{
    /// <summary>The administrator, whom no role can lock out.</summary>
    public static IssuedCertificate IssueAdmin(this CertificateAuthority authority) => authority.IssueClient("kubernetes-admin", "system:masters");

    public static IssuedCertificate IssueControllerManager(this CertificateAuthority authority) => authority.IssueClient("system:kube-controller-manager");

    public static IssuedCertificate IssueScheduler(this CertificateAuthority authority) => authority.IssueClient("system:kube-scheduler");

    public static IssuedCertificate IssueProxy(this CertificateAuthority authority) => authority.IssueClient("system:kube-proxy");

    /// <summary>The agent of a node towards the API server.</summary>
    public static IssuedCertificate IssueNodeClient(this CertificateAuthority authority, string node) =>
        authority.IssueClient("system:node:" + node, "system:nodes");

    /// <summary>The agent of a node as a server of logs, exec and metrics.</summary>
    public static IssuedCertificate IssueNodeServer(this CertificateAuthority authority, string node, CertificateNames names) =>
        authority.IssueServer("system:node:" + node, ["system:nodes"], names);

    /// <summary>The API server as a client of node agents; its user is bound to system:kubelet-api-admin.</summary>
    public static IssuedCertificate IssueKubeletClient(this CertificateAuthority authority) =>
        authority.IssueClient("kube-apiserver-kubelet-client", "system:masters");

    /// <summary>The API server as a client of extension API servers, which believe the identities in its headers (--proxy-client-cert-file).</summary>
    public static IssuedCertificate IssueFrontProxyClient(this CertificateAuthority authority) => authority.IssueClient(FrontProxyClient);

    /// <summary>The common name of the API server towards extension API servers (--requestheader-allowed-names).</summary>
    public const string FrontProxyClient = "front-proxy-client";
}
