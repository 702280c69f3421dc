using System.Runtime.Versioning;
using System.Text;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Pki;

[SupportedOSPlatform("linux")]
public sealed class KubeconfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_file_holds_all_a_client_needs_for_its_owner_only()
    {
        using var authority = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("kubernetes", TimeProvider.System), TimeProvider.System);
        var admin = authority.IssueAdmin();
        var path = _folder.File("deeper/admin.conf");
        new Kubeconfig("petrel", new Uri("https://127.0.0.1:6443/"), authority.CertificatePem, "kubernetes-admin", admin).Write(path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        var lines = File.ReadAllLines(path);
        Assert.Contains("    server: \"https://127.0.0.1:6443\"", lines);
        Assert.Contains("current-context: \"kubernetes-admin@petrel\"", lines);
        Assert.Equal(authority.CertificatePem, Data(lines, "certificate-authority-data"));
        Assert.Equal(admin.CertificatePem, Data(lines, "client-certificate-data"));
        Assert.Equal(admin.KeyPem, Data(lines, "client-key-data"));
    }

    [Fact]
    public void Writing_again_replaces_the_file()
    {
        var path = _folder.File("admin.conf");
        var first = new Kubeconfig("one", new Uri("https://127.0.0.1:1"), "", "u", new IssuedCertificate("", ""));
        first.Write(path);
        (first with { Cluster = "two" }).Write(path);
        Assert.Contains("\"u@two\"", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal([path], Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static string Data(string[] lines, string name)
    {
        var line = Assert.Single(lines, line => line.TrimStart().StartsWith(name + ": ", StringComparison.Ordinal));
        return Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(": ")[1]));
    }
}
