using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Petrel.Client.Kubeconfig;

namespace Petrel.ApiServer.Webhooks;

/// <summary>
/// Credentials for webhooks by the name of their server, from a kubeconfig whose users are called like servers: HOST:PORT, *.SUFFIX,
/// each without :443 as well, or * for all others (kubernetes.io, "Dynamic Admission Control: Authenticate API servers").
/// </summary>
internal sealed class WebhookKubeconfig : IWebhookCredentials
{
    private const int HttpsPort = 443;

    private readonly Dictionary<string, WebhookCredential> _users;
    private readonly WebhookCredential _others;

    private WebhookKubeconfig(KubeconfigFile file)
    {
        _users = file.Users.ToDictionary(static user => user.Key, static user => CredentialOf(user.Key, user.Value), StringComparer.Ordinal);
        _others = _users.GetValueOrDefault("*")
            ?? (file.Contexts.TryGetValue(file.CurrentContext, out var context) ? _users.GetValueOrDefault(context.User) : null)
            ?? WebhookCredential.None;
    }

    /// <exception cref="FormatException">The file is no kubeconfig, or what it says cannot be used.</exception>
    public static WebhookKubeconfig Load(string path)
    {
        try
        {
            return new WebhookKubeconfig(KubeconfigFile.Load(path));
        }
        catch (Exception exception) when (exception is KubeconfigException or CryptographicException)
        {
            throw new FormatException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>The credentials of the user of the current context, whatever webhooks are called.</summary>
    /// <exception cref="KubeconfigException">The file is no kubeconfig, or its user cannot be used.</exception>
    public static IWebhookCredentials LoadCurrent(string path)
    {
        var file = KubeconfigFile.Load(path);
        var user = file.Context().User;
        return new OneCredential(file.Users.TryGetValue(user, out var found) ? CredentialOf(user, found) : WebhookCredential.None);
    }

    public WebhookCredential Of(string host, int port) =>
        Find(FormattableString.Invariant($"{host}:{port}")) ?? (port == HttpsPort ? Find(host) : null) ?? _others;

    // The name itself, then *. before ever less of its end.
    private WebhookCredential? Find(string name)
    {
        if (_users.TryGetValue(name, out var exact))
        {
            return exact;
        }

        for (var dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            if (_users.TryGetValue("*" + name[dot..], out var found))
            {
                return found;
            }
        }

        return null;
    }

    private static WebhookCredential CredentialOf(string name, KubeconfigUser user)
    {
        if (user.ProblemOf(name) is { } problem)
        {
            throw new KubeconfigException(problem);
        }

        return new WebhookCredential
        {
            Certificate = user is { ClientCertificatePem: { } certificate, ClientKeyPem: { } key } ? X509Certificate2.CreateFromPem(certificate, key) : null,
            Authorization = AuthorizationOf(user),
        };
    }

    private sealed class OneCredential(WebhookCredential credential) : IWebhookCredentials
    {
        public WebhookCredential Of(string host, int port) => credential;
    }

    private static Func<string>? AuthorizationOf(KubeconfigUser user) => user switch
    {
        // The file is read anew, as tokens in files are replaced.
        { TokenFile: { } file } => () => "Bearer " + File.ReadAllText(file).Trim(),
        { Token: { } token } => () => "Bearer " + token,
        { Username: { } name } => () => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{user.Password}")),
        _ => null,
    };
}
