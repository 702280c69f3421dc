using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Authentication;

public sealed class RequestHeaderAuthenticatorTests : IDisposable
{
    private readonly SetClock _clock = new();
    private readonly CertificateAuthority _authority;
    private readonly ClientCertificateVerifier _verifier;

    public RequestHeaderAuthenticatorTests()
    {
        _authority = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("front-proxy-ca", _clock), _clock);
        _verifier = new ClientCertificateVerifier(_authority.Roots, _clock);
    }

    [Fact]
    public async Task The_word_of_a_known_proxy_is_taken_and_kept()
    {
        var options = new RequestHeaderOptions { UidHeaders = ["X-Remote-Uid"] };
        var context = Context("front-proxy-client");
        context.Request.Headers["X-Remote-User"] = "alice";
        context.Request.Headers["X-Remote-Uid"] = "7";
        context.Request.Headers["X-Remote-Group"] = new(["dev", "ops"]);
        context.Request.Headers["X-Remote-Extra-Example.com%2FScope"] = new(["a", "b"]);
        var user = (await AuthenticateAsync(options, context)).User!;
        Assert.Equal(("alice", "7"), (user.Name, user.Uid));
        Assert.Equal(["dev", "ops"], user.Groups);
        Assert.Equal(["a", "b"], user.Extra["example.com/scope"]);
        Assert.DoesNotContain(context.Request.Headers.Keys, static name => name.StartsWith("X-Remote-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_proxy_of_another_name_is_not_believed_unless_any_is()
    {
        var context = Context("other");
        context.Request.Headers["X-Remote-User"] = "alice";
        Assert.Equal("x509: subject with cn=other is not in the allowed list", (await AuthenticateAsync(new RequestHeaderOptions(), context)).ErrorText);
        Assert.Equal("alice", (await AuthenticateAsync(new RequestHeaderOptions { AllowedNames = [] }, context)).User!.Name);
    }

    [Fact]
    public async Task Headers_without_a_proxys_certificate_say_nothing()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Remote-User"] = "alice";
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await AuthenticateAsync(new RequestHeaderOptions(), context)).Outcome);

        using var cluster = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("kubernetes", _clock), _clock);
        context.Connection.ClientCertificate = cluster.IssueClient("front-proxy-client").Load();
        Assert.Equal(AuthenticationOutcome.Rejected, (await AuthenticateAsync(new RequestHeaderOptions(), context)).Outcome);
    }

    [Fact]
    public async Task A_proxy_that_names_nobody_is_not_a_user_by_it()
    {
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await AuthenticateAsync(new RequestHeaderOptions(), Context("front-proxy-client"))).Outcome);
    }

    [Fact]
    public async Task The_server_believes_its_own_front_proxy()
    {
        await using var server = await TestServer.StartAsync();
        using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.FrontProxy.IssueFrontProxyClient());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Add("X-Remote-User", "bob");
        request.Headers.Add("X-Remote-Group", "system:masters");
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("\"username\":\"bob\",\"groups\":[\"system:masters\",\"system:authenticated\"]", text, StringComparison.Ordinal);
    }

    public void Dispose() => _authority.Dispose();

    private DefaultHttpContext Context(string proxy)
    {
        var context = new DefaultHttpContext();
        context.Connection.ClientCertificate = _authority.IssueClient(proxy).Load();
        return context;
    }

    private ValueTask<AuthenticationResult> AuthenticateAsync(RequestHeaderOptions options, DefaultHttpContext context) =>
        new RequestHeaderAuthenticator(_verifier, options).AuthenticateAsync(context);
}
