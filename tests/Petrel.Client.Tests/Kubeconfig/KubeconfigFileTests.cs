using Petrel.Client.Kubeconfig;
using Xunit;

namespace Petrel.Client.Tests.Kubeconfig;

public sealed class KubeconfigFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kubeconfig").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Data_and_files_relative_to_the_kubeconfig_are_read()
    {
        File.WriteAllText(Path.Combine(_folder, "client.key"), "KEY");
        var options = Load("""
            apiVersion: v1
            kind: Config
            current-context: main
            clusters:
            - name: here
              cluster: {server: "https://10.0.0.1:6443", certificate-authority-data: Q0E=, tls-server-name: kubernetes}
            contexts:
            - name: main
              context: {cluster: here, user: admin, namespace: shop}
            - name: other
              context: {cluster: here, user: robot}
            users:
            - name: admin
              user: {client-certificate-data: Q0VSVA==, client-key: client.key}
            - name: robot
              user: {token: abc, tokenFile: token}
            """);
        var admin = options.Connection();
        Assert.Equal("https://10.0.0.1:6443/", admin.Server.AbsoluteUri);
        Assert.Equal(("CA", "CERT", "KEY", "kubernetes"), (admin.CertificateAuthorityPem, admin.ClientCertificatePem, admin.ClientKeyPem, admin.TlsServerName));
        Assert.Equal("shop", options.Context().Namespace);
        var robot = options.Connection("other");
        Assert.Equal(("abc", Path.Combine(_folder, "token")), (robot.BearerToken, robot.BearerTokenFile));
        Assert.Null(options.Context("other").Namespace);
    }

    [Theory]
    [InlineData("", "the kubeconfig is empty")]
    [InlineData("contexts: []", "no current context is set")]
    [InlineData("current-context: x", "context \"x\" does not exist")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c}}]}", "cluster \"c\" does not exist")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c}}], clusters: [{name: c, cluster: {server: nonsense}}]}", "server \"nonsense\" of cluster \"c\" is not a URL")]
    [InlineData("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters: [{name: c, cluster: {server: 'http://h'}}], users: [{name: u, user: {exec: {command: aws}}}]}", "user \"u\" authenticates by exec, which is not supported")]
    [InlineData("{clusters: [{name: c, cluster: {certificate-authority-data: '?'}}]}", "certificate-authority-data is not base64")]
    public void What_cannot_be_used_is_refused_in_one_sentence(string yaml, string message) =>
        Assert.Equal(message, Assert.Throws<KubeconfigException>(() => Load(yaml).Connection()).Message);

    private KubeconfigFile Load(string yaml)
    {
        var path = Path.Combine(_folder, "config");
        File.WriteAllText(path, yaml);
        return KubeconfigFile.Load(path);
    }
}
