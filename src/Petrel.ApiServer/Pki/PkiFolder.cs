using System.Security.Cryptography;

namespace Petrel.ApiServer.Pki;

/// <summary>
/// The folder that holds the cluster's secrets: <c>ca.crt</c> and <c>ca.key</c>, <c>sa.key</c> (signs service account
/// tokens), and the API server's serving certificate. Made whole on first start, used as it is ever after.
/// </summary>
public sealed class PkiFolder : IDisposable
{
    private const string AuthorityCertificateFile = "ca.crt";
    private const string AuthorityKeyFile = "ca.key";
    private const string TokenKeyFile = "sa.key";

    // Made together and lost together: with one of them gone, the others are of no use.
    private static readonly string[] Foundation = [AuthorityCertificateFile, AuthorityKeyFile, TokenKeyFile];

    private readonly TimeProvider _time;

    private PkiFolder(string path, CertificateAuthority authority, string tokenKeyPem, TimeProvider time)
    {
        Path = path;
        Authority = authority;
        TokenKeyPem = tokenKeyPem;
        _time = time;
    }

    public string Path { get; }

    public CertificateAuthority Authority { get; }

    /// <summary>The private key that signs service account tokens, as PEM.</summary>
    public string TokenKeyPem { get; }

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

    public void Dispose() => Authority.Dispose();

    private static PkiFolder Load(string path, TimeProvider time)
    {
        string Read(string file) => File.ReadAllText(System.IO.Path.Combine(path, file));
        try
        {
            var authority = new CertificateAuthority(new IssuedCertificate(Read(AuthorityCertificateFile), Read(AuthorityKeyFile)), time);
            if (authority.NotAfter <= time.GetUtcNow())
            {
                throw new PkiException($"{path}/{AuthorityCertificateFile} has expired at {authority.NotAfter:u}: replace it and {AuthorityKeyFile}");
            }

            return new PkiFolder(path, authority, Read(TokenKeyFile), time);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new PkiException($"{path}/{AuthorityCertificateFile} and {AuthorityKeyFile} are no valid certificate and its key: {exception.Message}", exception);
        }
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
        using var tokenKey = RSA.Create(2048);
        SecretFile.Create(System.IO.Path.Combine(preparation, TokenKeyFile), tokenKey.ExportPkcs8PrivateKeyPem() + "\n");
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
