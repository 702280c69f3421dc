using System.Text;
using System.Text.Json;

namespace Petrel.ApiServer.Pki;

/// <summary>A kubeconfig with one cluster and one user, everything inside it, so that the one file is all a client needs.</summary>
/// <param name="Cluster">Name of the cluster in the file.</param>
/// <param name="Server">URL of the API server.</param>
/// <param name="AuthorityPem">The certificate authority that the server's certificate is from.</param>
/// <param name="User">Name of the user in the file.</param>
/// <param name="Credentials">The user's client certificate.</param>
public sealed record Kubeconfig(string Cluster, Uri Server, string AuthorityPem, string User, IssuedCertificate Credentials)
{
    /// <summary>Replaces the file, which only its owner can read. Makes the folder when there is none.</summary>
    public void Write(string path)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }

        SecretFile.Replace(path, ToYaml());
    }

    /// <summary>The file's content.</summary>
    public string ToYaml()
    {
        var context = $"{User}@{Cluster}";
        return $"""
            apiVersion: v1
            kind: Config
            preferences: {"{}"}
            clusters:
            - name: {Quote(Cluster)}
              cluster:
                server: {Quote(Server.GetLeftPart(UriPartial.Authority))}
                certificate-authority-data: {Data(AuthorityPem)}
            users:
            - name: {Quote(User)}
              user:
                client-certificate-data: {Data(Credentials.CertificatePem)}
                client-key-data: {Data(Credentials.KeyPem)}
            contexts:
            - name: {Quote(context)}
              context:
                cluster: {Quote(Cluster)}
                user: {Quote(User)}
            current-context: {Quote(context)}

            """;
    }

    private static string Data(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    // A JSON string is a YAML string.
    private static string Quote(string text) => "\"" + JsonEncodedText.Encode(text) + "\"";
}
