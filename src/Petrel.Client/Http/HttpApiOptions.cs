namespace Petrel.Client.Http;

/// <summary>How an API server is reached and who the client is to it.</summary>
/// <param name="Server">E.g. <c>https://127.0.0.1:6443</c>; a path is put before that of every request.</param>
public sealed record HttpApiOptions(Uri Server)
{
    /// <summary>PEM certificates that the server's must go back to; null trusts those of the system.</summary>
    public string? CertificateAuthorityPem { get; init; }

    /// <summary>The server's certificate is not checked. For those who know what they do.</summary>
    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The name that the server's certificate must have; null for the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>PEM client certificate, with intermediate certificates after it.</summary>
    public string? ClientCertificatePem { get; init; }

    public string? ClientKeyPem { get; init; }

    public string? BearerToken { get; init; }

    /// <summary>File with a bearer token that is replaced before it expires; read again every minute. Wins over <see cref="BearerToken"/>.</summary>
    public string? BearerTokenFile { get; init; }

    public string? Username { get; init; }

    /// <summary>Password of <see cref="Username"/> for HTTP basic authentication.</summary>
    public string? Password { get; init; }

    public string UserAgent { get; init; } = "petrel";
}
