using System.Security.Cryptography;

namespace Petrel.ApiServer.Pki;

/// <summary>
/// The folder that holds the cluster's secrets: <c>ca.crt</c> and <c>ca.key</c>, <c>sa.key</c> (signs service account
/// tokens), <c>front-proxy-ca.crt</c> and <c>front-proxy-ca.key</c> (by which extension API servers know this one), and the
/// API server's serving certificate. Made whole on first start, used as it is ever after.
/// </summary>
public sealed class PkiFolder : IDisposable
{
    private const string AuthorityCertificateFile = "ca.crt";
    private const string AuthorityKeyFile = "ca.key";
    private const string TokenKeyFile = "sa.key";
    private const string FrontProxyCertificateFile = "front-proxy-ca.crt";
    private const string FrontProxyKeyFile = "front-proxy-ca.key";

    private const int TokenKeyBits = 2048;

    // Made together and lost together: with one of them gone, the others are of no use.
    private static readonly string[] Foundation = [AuthorityCertificateFile, AuthorityKeyFile, TokenKeyFile];

    private readonly TimeProvider _time;

    private PkiFolder(string path, CertificateAuthority authority, CertificateAuthority frontProxy, Lazy<string> tokenKeyPem, TimeProvider time)
    {
        Path = path;
        Authority = authority;
        FrontProxy = frontProxy;
        TokenKeyPem = tokenKeyPem;
        _time = time;
    }

    public string Path { get; }

    public CertificateAuthority Authority { get; }

    /// <summary>
    /// Signs for whoever may say in headers who makes a request. Never the cluster's own authority: any user with a
    /// certificate could be anybody then.
    /// </summary>
    public CertificateAuthority FrontProxy { get; }

    /// <summary>
    /// The private key that signs service account tokens, as PEM. A new cluster's takes the processor a quarter of a second, so it
    /// is made while the server starts: whoever reads it waits until it is on file.
    /// </summary>
    public Lazy<string> TokenKeyPem { get; }

    /// <summary>Opens the folder, or makes it when there is none yet.</summary>
    /// <exception cref="PkiException">The folder is incomplete or damaged.</exception>
    public static PkiFolder Open(string path, TimeProvider time)
    {
        var present = Foundation.Where(file => File.Exists(System.IO.Path.Combine(path, file))).ToList();
        if (present.Count == 0)
        {
            Create(path, time);
        }
        else if (present.Count < Foundation.Length)
        {
            throw new PkiException(
                $"{path} is incomplete: it has {string.Join(" and ", present)} but not {string.Join(" and ", Foundation.Except(present))}. " +
                "Restore what is missing from a backup, or remove the folder to start with new keys: every kubeconfig and token issued so far stops working then.");
        }

        return Load(path, time);
    }

    /// <summary>The API server's own certificate, kept in this folder and renewed when it is time.</summary>
    public ServingCertificate Serving(CertificateNames names) => new(
        Authority, "kube-apiserver", names, System.IO.Path.Combine(Path, "apiserver.crt"), System.IO.Path.Combine(Path, "apiserver.key"), _time);

    /// <summary>The certificate of a node of this machine, as a server of logs and exec.</summary>
    public ServingCertificate NodeServing(string node, CertificateNames names) => new(
        Authority, "system:node:" + node, names, System.IO.Path.Combine(Path, "kubelet.crt"), System.IO.Path.Combine(Path, "kubelet.key"), _time);

    /// <summary>Ends when no file of the folder is in the making any more.</summary>
    public void Dispose()
    {
        Authority.Dispose();
        FrontProxy.Dispose();
        try
        {
            _ = TokenKeyPem.Value;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Told to those who wanted the key.
        }
    }

    private static PkiFolder Load(string path, TimeProvider time)
    {
        AddFrontProxy(path, time);
        return new PkiFolder(
            path,
            LoadAuthority(path, AuthorityCertificateFile, AuthorityKeyFile, time),
            LoadAuthority(path, FrontProxyCertificateFile, FrontProxyKeyFile, time),
            TokenKey(System.IO.Path.Combine(path, TokenKeyFile)),
            time);
    }

    // Empty is what a first start leaves that has not come to the key yet: nothing was ever signed by it.
    private static Lazy<string> TokenKey(string file)
    {
        if (File.ReadAllText(file) is { Length: > 0 } pem)
        {
            return new Lazy<string>(pem);
        }

        var making = new Lazy<string>(() =>
        {
            using var key = RSA.Create(TokenKeyBits);
            var made = key.ExportPkcs8PrivateKeyPem() + "\n";
            SecretFile.Replace(file, made);
            return made;
        });
        // What goes wrong is told to everyone who reads the value.
        _ = Task.Run(() => making.Value);
        return making;
    }

    private static CertificateAuthority LoadAuthority(string path, string certificateFile, string keyFile, TimeProvider time)
    {
        string Read(string file) => File.ReadAllText(System.IO.Path.Combine(path, file));
        try
        {
            var authority = new CertificateAuthority(new IssuedCertificate(Read(certificateFile), Read(keyFile)), time);
            return authority.NotAfter > time.GetUtcNow()
                ? authority
                : throw new PkiException($"{path}/{certificateFile} has expired at {authority.NotAfter:u}: replace it and {keyFile}");
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new PkiException($"{path}/{certificateFile} and {keyFile} are no valid certificate and its key: {exception.Message}", exception);
        }
    }

    // Nobody outside the server has it on file, so one that is lost is made anew. The key comes last: a certificate without
    // it is what an interrupted start leaves.
    private static void AddFrontProxy(string path, TimeProvider time)
    {
        var (certificate, key) = (System.IO.Path.Combine(path, FrontProxyCertificateFile), System.IO.Path.Combine(path, FrontProxyKeyFile));
        if (File.Exists(key) && File.Exists(certificate))
        {
            return;
        }

        File.Delete(key);
        var made = CertificateAuthority.CreateSelfSigned("front-proxy-ca", time);
        SecretFile.Replace(certificate, made.CertificatePem);
        SecretFile.Replace(key, made.KeyPem);
    }

    // Made next to its place and moved there whole, so that a crash leaves nothing or everything.
    private static void Create(string path, TimeProvider time)
    {
        var preparation = path + ".new";
        if (Directory.Exists(preparation))
        {
            Directory.Delete(preparation, recursive: true);
        }

        CreateOwnerOnly(preparation);
        var authority = CertificateAuthority.CreateSelfSigned("kubernetes", time);
        SecretFile.Create(System.IO.Path.Combine(preparation, AuthorityCertificateFile), authority.CertificatePem);
        SecretFile.Create(System.IO.Path.Combine(preparation, AuthorityKeyFile), authority.KeyPem);
        SecretFile.Create(System.IO.Path.Combine(preparation, TokenKeyFile), "");
        if (Directory.Exists(path))
        {
            MoveInto(preparation, path);
        }
        else
        {
            Directory.Move(preparation, path);
        }
    }

    // Somebody made the folder beforehand, perhaps to mount something there.
    private static void MoveInto(string preparation, string path)
    {
        foreach (var file in Foundation)
        {
            File.Move(System.IO.Path.Combine(preparation, file), System.IO.Path.Combine(path, file));
        }

        Directory.Delete(preparation);
    }

    private static void CreateOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
