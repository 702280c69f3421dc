using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Pki;

/// <summary>Real handshakes over a socket.</summary>
public sealed class ServerTlsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PkiFolder _pki;
    private readonly ServerTls _tls;

    public ServerTlsTests()
    {
        _pki = PkiFolder.Open(_folder.File("pki"), TimeProvider.System);
        _tls = new ServerTls(_pki.Serving(CertificateNames.ForApiServer("cluster.local", IPAddress.Parse("10.96.0.1"), [], [])), _pki.Authority);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("kubernetes.default.svc.cluster.local", true)]
    [InlineData("10.96.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("example.com", false)]
    public async Task A_client_that_trusts_the_authority_reaches_the_server_by_its_names(string name, bool reaches)
    {
        if (reaches)
        {
            Assert.Null(await HandshakeAsync(name, null));
        }
        else
        {
            await Assert.ThrowsAsync<AuthenticationException>(() => HandshakeAsync(name, null));
        }
    }

    [Fact]
    public async Task The_server_sees_the_clients_certificate_also_one_it_does_not_trust()
    {
        using var trusted = Exportable(_pki.Authority.IssueAdmin());
        Assert.Equal(trusted.Thumbprint, await HandshakeAsync("localhost", trusted));
        using var other = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("other", TimeProvider.System), TimeProvider.System);
        using var unknown = Exportable(other.IssueAdmin());
        Assert.Equal(unknown.Thumbprint, await HandshakeAsync("localhost", unknown));
    }

    [Fact]
    public void The_settings_are_made_once() => Assert.Same(_tls.Current(), _tls.Current());

    public void Dispose()
    {
        _pki.Dispose();
        _folder.Dispose();
    }

    private static X509Certificate2 Exportable(IssuedCertificate issued) => issued.Load();

    // The thumbprint of the client certificate that the server saw.
    private async Task<string?> HandshakeAsync(string name, X509Certificate2? clientCertificate)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        await using var stream = new SslStream(client.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_pki.Authority.Roots);
        var options = new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = policy };
        if (clientCertificate is not null)
        {
            options.ClientCertificates = [clientCertificate];
        }

        await stream.AuthenticateAsClientAsync(options);
        await stream.WriteAsync(new byte[] { 1 });
        return await serving;
    }

    private async Task<string?> ServeAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(connection.GetStream());
        try
        {
            await stream.AuthenticateAsServerAsync(_tls.Current());
            await stream.ReadExactlyAsync(new byte[1]);
            return (stream.RemoteCertificate as X509Certificate2)?.Thumbprint;
        }
        catch (IOException)
        {
            // The client hung up because it did not like the certificate.
            return null;
        }
    }
}
