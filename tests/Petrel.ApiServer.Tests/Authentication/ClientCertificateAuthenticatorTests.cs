using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Authentication;

public sealed class ClientCertificateAuthenticatorTests : IDisposable
{
    private readonly SetClock _clock = new();
    private readonly CertificateAuthority _authority;
    private readonly ClientCertificateAuthenticator _authenticator;

    public ClientCertificateAuthenticatorTests()
    {
        _authority = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("kubernetes", _clock), _clock);
        _authenticator = new ClientCertificateAuthenticator(new ClientCertificateVerifier(_authority.Roots, _clock));
    }

    [Fact]
    public async Task Common_name_is_the_user_and_organizations_are_the_groups()
    {
        using var certificate = _authority.IssueClient("alice", "dev", "ops").Load();
        var user = (await AuthenticateAsync(certificate)).User!;
        Assert.Equal("alice", user.Name);
        Assert.Equal(["dev", "ops"], user.Groups);
        Assert.StartsWith("X509SHA256=", user.Extra["authentication.kubernetes.io/credential-id"][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Organizations_in_one_multi_valued_part_are_groups_too()
    {
        // As Go encodes them: one SET with two pairs.
        byte[] pair(string value) => [0x30, (byte)(value.Length + 7), 0x06, 0x03, 0x55, 0x04, 0x0A, 0x0C, (byte)value.Length, .. value.Select(static c => (byte)c)];
        byte[] set = [.. pair("a"), .. pair("b")];
        byte[] name = [0x31, (byte)set.Length, .. set, 0x31, 0x0C, 0x30, 0x0A, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0C, 0x03, (byte)'b', (byte)'o', (byte)'b'];
        var subject = new X500DistinguishedName([0x30, (byte)name.Length, .. name]);
        var parts = DistinguishedName.Parts(subject);
        Assert.Equal([(DistinguishedName.Organization, "a"), (DistinguishedName.Organization, "b"), (DistinguishedName.CommonName, "bob")], parts);
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await _authenticator.AuthenticateAsync(new DefaultHttpContext())).Outcome);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_rejected()
    {
        using var other = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("kubernetes", _clock), _clock);
        using var certificate = other.IssueClient("alice", "system:masters").Load();
        var result = await AuthenticateAsync(certificate);
        Assert.Equal(AuthenticationOutcome.Rejected, result.Outcome);
        Assert.StartsWith("x509: ", result.ErrorText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_certificate_is_no_client_certificate()
    {
        using var certificate = _authority.IssueServer("alice", [], new CertificateNames(["alice"], [])).Load();
        Assert.Equal(AuthenticationOutcome.Rejected, (await AuthenticateAsync(certificate)).Outcome);
    }

    [Fact]
    public async Task A_certificate_stops_working_when_it_expires_even_on_an_open_connection()
    {
        using var certificate = _authority.IssueClient("alice").Load();
        Assert.Equal(AuthenticationOutcome.Authenticated, (await AuthenticateAsync(certificate)).Outcome);
        _clock.Advance(TimeSpan.FromDays(366));
        Assert.Equal(AuthenticationOutcome.Rejected, (await AuthenticateAsync(certificate)).Outcome);
        using var another = _authority.IssueClient("alice").Load();
        Assert.Equal(AuthenticationOutcome.Authenticated, (await AuthenticateAsync(another)).Outcome);
    }

    [Fact]
    public async Task A_self_signed_certificate_is_rejected()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=kubernetes-admin, O=system:masters", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(_clock.GetUtcNow(), _clock.GetUtcNow().AddDays(1));
        Assert.Equal(AuthenticationOutcome.Rejected, (await AuthenticateAsync(certificate)).Outcome);
    }

    public void Dispose() => _authority.Dispose();

    private async Task<AuthenticationResult> AuthenticateAsync(X509Certificate2 certificate)
    {
        var context = new DefaultHttpContext();
        context.Connection.ClientCertificate = certificate;
        return await _authenticator.AuthenticateAsync(context);
    }
}
