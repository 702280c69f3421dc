using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;
using static Petrel.ApiServer.Tests.Authorization.Policy;

namespace Petrel.ApiServer.Tests;

/// <summary>Users of every kind at the front door: real TLS, real certificates and tokens.</summary>
public sealed class SecurityTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private Uri _address = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _address = await _server.ListenAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Who_shows_nothing_is_anonymous_and_may_do_little()
    {
        using var client = TestServer.Client(_address);
        var (code, body) = await SendAsync(client, HttpMethod.Get, "/api/v1/pods");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal("pods is forbidden: User \"system:anonymous\" cannot list resource \"pods\" in API group \"\" at the cluster scope", Message(body));
    }

    [Fact]
    public async Task A_wrong_token_or_certificate_is_unauthorized()
    {
        using var client = TestServer.Client(_address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        var (code, body) = await SendAsync(client, HttpMethod.Get, "/healthz");
        Assert.Equal((HttpStatusCode.Unauthorized, "Unauthorized"), (code, Message(body)));

        using var other = new CertificateAuthority(CertificateAuthority.CreateSelfSigned("kubernetes", TimeProvider.System), TimeProvider.System);
        using var stranger = TestServer.Client(_address, other.IssueAdmin());
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(stranger, HttpMethod.Get, "/healthz")).Code);
    }

    [Fact]
    public async Task The_administrators_certificate_may_do_everything()
    {
        using var admin = TestServer.Client(_address, TestServer.Pki.Authority.IssueAdmin());
        Assert.Equal(HttpStatusCode.Created, (await SendAsync(admin, HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a"}}""")).Code);
        var (code, body) = await SendAsync(admin, HttpMethod.Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
        Assert.Equal((HttpStatusCode.Created, "kubernetes-admin"), (code, (string?)JsonNode.Parse(body)!["status"]!["userInfo"]!["username"]));
    }

    [Fact]
    public async Task A_service_account_does_what_its_role_allows_until_it_is_deleted()
    {
        var cancellation = CancellationToken.None;
        await _server.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "robot" } }, cancellation);
        await _server.Admin.CreateAsync(Role("default", "r", Rule("get list", "core", "configmaps")), cancellation);
        await _server.Admin.CreateAsync(Bind("default", "b", "Role", "r", ToAccount("default", "robot")), cancellation);
        var answer = await _server.Admin.CreateSubresourceAsync<ServiceAccount>("default", "robot", "token", new TokenRequest(), cancellation);
        var token = JsonDecoder.Decode<TokenRequest>(answer.Span, new DecodeProblems()).Status.Token;

        using var client = TestServer.Client(_address);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await UntilAsync(HttpStatusCode.OK, client, "/api/v1/namespaces/default/configmaps");
        var (code, body) = await SendAsync(client, HttpMethod.Get, "/api/v1/namespaces/default/secrets");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal(
            "secrets is forbidden: User \"system:serviceaccount:default:robot\" cannot list resource \"secrets\" in API group \"\" in the namespace \"default\"", Message(body));

        await _server.Admin.DeleteAsync<ServiceAccount>("default", "robot", null, cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(client, HttpMethod.Get, "/api/v1/namespaces/default/configmaps")).Code);
    }

    [Fact]
    public async Task An_administrator_can_act_as_somebody_else()
    {
        using var admin = TestServer.Client(_address, TestServer.Pki.Authority.IssueAdmin());
        admin.DefaultRequestHeaders.Add("Impersonate-User", "bob");
        var (code, body) = await SendAsync(admin, HttpMethod.Get, "/api/v1/nodes");
        Assert.Equal(HttpStatusCode.Forbidden, code);
        Assert.Equal("nodes is forbidden: User \"bob\" cannot list resource \"nodes\" in API group \"\" at the cluster scope", Message(body));
    }

    [Fact]
    public async Task A_group_without_a_user_is_an_internal_error_in_plain_text()
    {
        using var admin = TestServer.Client(_address, TestServer.Pki.Authority.IssueAdmin());
        admin.DefaultRequestHeaders.Add("Impersonate-Group", "g1");
        using var response = await admin.GetAsync("/api/v1/nodes?limit=1");
        Assert.Equal((HttpStatusCode.InternalServerError, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        Assert.Equal(
            "Internal Server Error: \"/api/v1/nodes?limit=1\": requested [{Group  g1    }] without impersonating a user\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_issuers_documents_are_served_to_the_administrator_and_not_to_anybody()
    {
        using var admin = TestServer.Client(_address, TestServer.Pki.Authority.IssueAdmin());
        using var configuration = await admin.GetAsync("/.well-known/openid-configuration");
        Assert.Equal($"https://{_address.Authority}/openid/v1/jwks", (string?)JsonNode.Parse(await configuration.Content.ReadAsStringAsync())!["jwks_uri"]);
        using var keys = await admin.GetAsync("/openid/v1/jwks");
        Assert.Equal("application/jwk-set+json", keys.Content.Headers.ContentType!.MediaType);
        admin.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var refused = await admin.GetAsync("/openid/v1/jwks");
        Assert.Equal(HttpStatusCode.NotAcceptable, refused.StatusCode);

        using var anonymous = TestServer.Client(_address);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(anonymous, HttpMethod.Get, "/openid/v1/jwks")).Code);
    }

    private static async Task UntilAsync(HttpStatusCode wanted, HttpClient client, string path)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await SendAsync(client, HttpMethod.Get, path)).Code != wanted)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    private static async Task<(HttpStatusCode Code, string Body)> SendAsync(HttpClient client, HttpMethod method, string path, string body = "")
    {
        using var request = new HttpRequestMessage(method, path) { Version = client.DefaultRequestVersion };
        if (body.Length > 0)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var response = await client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static string Message(string body) => (string)JsonNode.Parse(body)!["message"]!;
}
