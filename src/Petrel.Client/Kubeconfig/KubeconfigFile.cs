using Petrel.Client.Http;

namespace Petrel.Client.Kubeconfig;

/// <summary>What a kubeconfig file says (client.authentication.k8s.io documents the format as kubectl's config file).</summary>
public sealed record KubeconfigFile
{
    public string CurrentContext { get; init; } = "";

    public IReadOnlyDictionary<string, KubeconfigCluster> Clusters { get; init; } = new Dictionary<string, KubeconfigCluster>();

    public IReadOnlyDictionary<string, KubeconfigContext> Contexts { get; init; } = new Dictionary<string, KubeconfigContext>();

    public IReadOnlyDictionary<string, KubeconfigUser> Users { get; init; } = new Dictionary<string, KubeconfigUser>();

    /// <exception cref="KubeconfigException">The file cannot be read or is no kubeconfig.</exception>
    public static KubeconfigFile Load(string path)
    {
        try
        {
            return KubeconfigParser.Parse(File.ReadAllText(path), Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new KubeconfigException($"cannot read the kubeconfig {path}: {exception.Message}", exception);
        }
    }

    /// <summary>The connection that a context describes.</summary>
    /// <param name="contextName">Null for the current context.</param>
    /// <exception cref="KubeconfigException">The context, its cluster or its user is missing or not usable.</exception>
    public HttpApiOptions Connection(string? contextName = null)
    {
        var context = Context(contextName);
        if (!Clusters.TryGetValue(context.Cluster, out var cluster))
        {
            throw new KubeconfigException($"cluster \"{context.Cluster}\" does not exist");
        }

        if (!Uri.TryCreate(cluster.Server, UriKind.Absolute, out var server))
        {
            throw new KubeconfigException($"server \"{cluster.Server}\" of cluster \"{context.Cluster}\" is not a URL");
        }

        var user = context.User.Length == 0 ? new KubeconfigUser()
            : Users.TryGetValue(context.User, out var found) ? found
            : throw new KubeconfigException($"user \"{context.User}\" does not exist");
        if ((cluster.ProblemOf(context.Cluster) ?? user.ProblemOf(context.User)) is { } problem)
        {
            throw new KubeconfigException(problem);
        }

        return new HttpApiOptions(server)
        {
            CertificateAuthorityPem = cluster.CertificateAuthorityPem,
            InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
            TlsServerName = cluster.TlsServerName,
            ClientCertificatePem = user.ClientCertificatePem,
            ClientKeyPem = user.ClientKeyPem,
            BearerToken = user.Token,
            BearerTokenFile = user.TokenFile,
            Username = user.Username,
            Password = user.Password,
        };
    }

    /// <summary>The named or the current context.</summary>
    /// <exception cref="KubeconfigException">There is none of that name.</exception>
    public KubeconfigContext Context(string? contextName = null)
    {
        var name = contextName ?? CurrentContext;
        return Contexts.TryGetValue(name, out var context) ? context
            : throw new KubeconfigException(name.Length == 0 ? "no current context is set" : $"context \"{name}\" does not exist");
    }
}

/// <summary>Where a cluster's API server is.</summary>
/// <param name="Server">URL.</param>
public sealed record KubeconfigCluster(string Server)
{
    public string? CertificateAuthorityPem { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    public string? TlsServerName { get; init; }

    /// <summary>Name of a setting that this client does not know (proxy-url); null when there is none.</summary>
    public string? Unsupported { get; init; }

    /// <summary>Why the cluster of this name cannot be connected to; null when it can.</summary>
    internal string? ProblemOf(string name) => Unsupported is { } unsupported ? $"cluster \"{name}\" has {unsupported}, which is not supported"
        : InsecureSkipTlsVerify && CertificateAuthorityPem is not null ? "specifying a root certificates file with the insecure flag is not allowed"
        : null;
}

/// <summary>A cluster, a user and the namespace that commands mean when they name none.</summary>
public sealed record KubeconfigContext(string Cluster, string User)
{
    public string? Namespace { get; init; }
}

/// <summary>How a user proves who it is.</summary>
public sealed record KubeconfigUser
{
    public string? ClientCertificatePem { get; init; }

    public string? ClientKeyPem { get; init; }

    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Name of a method that this client does not know (exec, auth-provider, impersonation); null when there is none.</summary>
    public string? Unsupported { get; init; }

    /// <summary>Why the user of this name cannot prove who it is; null when it can, or need not.</summary>
    public string? ProblemOf(string name) => Unsupported is { } unsupported ? $"user \"{name}\" authenticates by {unsupported}, which is not supported"
        : ClientCertificatePem is not null && ClientKeyPem is null ? $"client-key-data or client-key must be specified for {name} to use the clientCert authentication method."
        : null;
}
