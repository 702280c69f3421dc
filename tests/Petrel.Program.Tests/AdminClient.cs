using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;

namespace Petrel.Program.Tests;

/// <summary>Plain HTTP as the administrator, by the kubeconfig as it is now: a server that was started again has another port.</summary>
internal sealed partial class AdminClient : IDisposable
{
    private readonly HttpClient _client;

    public AdminClient(string kubeconfigPath)
    {
        var text = File.ReadAllText(kubeconfigPath);
        var authority = X509Certificate2.CreateFromPem(Data(text, "certificate-authority-data"));
        using var pem = X509Certificate2.CreateFromPem(Data(text, "client-certificate-data"), Data(text, "client-key-data"));
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null)],
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck },
            },
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(authority);
        _client = new HttpClient(handler)
        {
            BaseAddress = new Uri(Server().Match(text).Groups["url"].Value),
            DefaultRequestVersion = HttpVersion.Version20,
        };
    }

    /// <summary>Creates an object; true when the server acknowledged it.</summary>
    public async Task<bool> CreateAsync(string path, string json, CancellationToken cancellationToken)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.PostAsync(path, content, cancellationToken);
        return response.StatusCode == HttpStatusCode.Created;
    }

    public Task<string> GetAsync(string path, CancellationToken cancellationToken) => _client.GetStringAsync(path, cancellationToken);

    /// <summary>The lines of a watch until it ends.</summary>
    public async IAsyncEnumerable<string> WatchAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(await _client.GetStreamAsync(path, cancellationToken));
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    public void Dispose() => _client.Dispose();

    private static string Data(string text, string name) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Match(text, name + ": (?<data>\\S+)").Groups["data"].Value));

    [GeneratedRegex("server: \"(?<url>[^\"]+)\"")]
    private static partial Regex Server();
}
