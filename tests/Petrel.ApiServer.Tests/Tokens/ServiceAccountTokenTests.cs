using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Responses;
using Petrel.ApiServer.Tokens;
using Xunit;

namespace Petrel.ApiServer.Tests.Tokens;

/// <summary>Tokens from request to review. Error texts are those that a real server was seen to give.</summary>
public sealed class ServiceAccountTokenTests : IDisposable
{
    private static readonly TokenOptions Options = new();
    private static readonly string KeyPem = RSA.Create(2048).ExportPkcs8PrivateKeyPem();

    private readonly SetClock _clock = new();
    private readonly SigningKey _key = SigningKey.FromPem(KeyPem);
    private readonly KnownObjects _objects = new();
    private readonly TokenRequests _requests;
    private readonly ServiceAccountTokenAuthenticator _tokens;
    private readonly IdentityReviews _reviews;

    private readonly ServiceAccount _robot = new() { Metadata = new ObjectMeta { Namespace = "ns", Name = "robot", Uid = "sa-1" } };
    private readonly Node _node = new() { Metadata = new ObjectMeta { Name = "n1", Uid = "node-1" } };
    private readonly Secret _secret = new() { Metadata = new ObjectMeta { Namespace = "ns", Name = "s", Uid = "secret-1" } };
    private readonly Pod _pod = new()
    {
        Metadata = new ObjectMeta { Namespace = "ns", Name = "p", Uid = "pod-1" },
        Spec = new PodSpec { ServiceAccountName = "robot", NodeName = "n1" },
    };

    public ServiceAccountTokenTests()
    {
        foreach (var value in new ApiObject[] { _robot, _node, _secret, _pod })
        {
            _objects.Set(value);
        }

        _requests = new TokenRequests(_key, Options, _objects, _clock);
        _tokens = new ServiceAccountTokenAuthenticator(_key, Options, new TokenLiveness(_objects), _clock);
        _reviews = new IdentityReviews(new TokenAuthentication([_tokens]), Options.EffectiveAudiences);
    }

    [Fact]
    public async Task A_request_without_a_spec_gets_an_hour_for_the_api_server()
    {
        var issued = await IssueAsync(new TokenRequest());
        Assert.Equal(["https://kubernetes.default.svc"], issued.Spec.Audiences);
        Assert.Equal(3600, issued.Spec.ExpirationSeconds);
        Assert.Equal(_clock.GetUtcNow().AddHours(1), issued.Status.ExpirationTimestamp);
        Assert.Equal(("robot", "ns", _clock.GetUtcNow()), (issued.Metadata.Name, issued.Metadata.Namespace, issued.Metadata.CreationTimestamp));
    }

    [Fact]
    public async Task Claims_are_those_of_upstream()
    {
        var token = (await IssueAsync(Bound("Pod", "p"))).Status.Token;
        var parts = token.Split('.');
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        Assert.Equal("RS256", header.RootElement.GetProperty("alg").GetString());
        Assert.Equal(KeyIdOf(KeyPem), header.RootElement.GetProperty("kid").GetString());
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var root = claims.RootElement;
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(["aud", "exp", "iat", "iss", "jti", "kubernetes.io", "nbf", "sub"], root.EnumerateObject().Select(static member => member.Name));
        Assert.Equal((now + 3600, now, now), (root.GetProperty("exp").GetInt64(), root.GetProperty("iat").GetInt64(), root.GetProperty("nbf").GetInt64()));
        Assert.Equal("system:serviceaccount:ns:robot", root.GetProperty("sub").GetString());
        Assert.True(Guid.TryParse(root.GetProperty("jti").GetString(), out _));
        Assert.Equal(
            """{"namespace":"ns","node":{"name":"n1","uid":"node-1"},"pod":{"name":"p","uid":"pod-1"},"serviceaccount":{"name":"robot","uid":"sa-1"}}""",
            root.GetProperty("kubernetes.io").GetRawText());
    }

    [Fact]
    public async Task Others_can_verify_the_signature_with_the_published_key()
    {
        var parts = (await IssueAsync(new TokenRequest())).Status.Token.Split('.');
        using var keys = JsonDocument.Parse(new IssuerDocuments(_key, Options).Keys());
        var key = keys.RootElement.GetProperty("keys")[0];
        Assert.Equal(("RSA", "sig", "RS256", _key.Id), (Text(key, "kty"), Text(key, "use"), Text(key, "alg"), Text(key, "kid")));
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(Text(key, "n")), Exponent = Base64Url.DecodeFromChars(Text(key, "e")) });
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void The_discovery_document_leads_to_the_keys() => Assert.Equal(
        """{"issuer":"https://kubernetes.default.svc","jwks_uri":"https://127.0.0.1:6443/openid/v1/jwks","response_types_supported":["id_token"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}""",
        Encoding.UTF8.GetString(new IssuerDocuments(_key, Options).Configuration("127.0.0.1:6443").Span));

    [Fact]
    public async Task A_review_tells_the_account_its_groups_and_the_pod_it_runs_in()
    {
        var status = await ReviewAsync((await IssueAsync(Bound("Pod", "p"))).Status.Token);
        Assert.True(status.Authenticated);
        Assert.Equal(("system:serviceaccount:ns:robot", "sa-1"), (status.User.Username, status.User.Uid));
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:ns", "system:authenticated"], status.User.Groups);
        Assert.Equal(Options.EffectiveAudiences, status.Audiences);
        string Extra(string name) => status.User.Extra["authentication.kubernetes.io/" + name][0];
        Assert.Equal(("p", "pod-1", "n1", "node-1"), (Extra("pod-name"), Extra("pod-uid"), Extra("node-name"), Extra("node-uid")));
        Assert.StartsWith("JTI=", Extra("credential-id"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pod", "p")]
    [InlineData("Secret", "s")]
    [InlineData("Node", "n1")]
    public async Task A_bound_token_dies_with_its_object(string kind, string name)
    {
        var token = (await IssueAsync(Bound(kind, name))).Status.Token;
        Assert.True((await ReviewAsync(token)).Authenticated);
        ApiObject bound = kind switch { "Pod" => _pod, "Secret" => _secret, _ => _node };
        _objects.Set(bound with { Metadata = bound.Metadata with { DeletionTimestamp = _clock.GetUtcNow() } });
        Assert.True((await ReviewAsync(token)).Authenticated);
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("[invalid bearer token, service account token has been invalidated]", (await ReviewAsync(token)).Error);
        _objects.Remove(bound);
        Assert.Equal("[invalid bearer token, service account token has been invalidated]", (await ReviewAsync(token)).Error);
        _objects.Set(bound with { Metadata = bound.Metadata with { Uid = "another" } });
        Assert.Contains($"UID (another) does not match service account {kind.ToLowerInvariant()} ref claim ({bound.Metadata.Uid})", (await ReviewAsync(token)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_dies_with_its_account()
    {
        var token = (await IssueAsync(new TokenRequest())).Status.Token;
        _objects.Set(_robot with { Metadata = _robot.Metadata with { Uid = "another" } });
        Assert.Equal("[invalid bearer token, service account UID (another) does not match claim (sa-1)]", (await ReviewAsync(token)).Error);
        _objects.Remove(_robot);
        Assert.Equal("[invalid bearer token, serviceaccounts \"robot\" not found]", (await ReviewAsync(token)).Error);
    }

    [Fact]
    public async Task A_token_expires_a_minute_after_its_time()
    {
        var token = (await IssueAsync(new TokenRequest())).Status.Token;
        _clock.Advance(TimeSpan.FromSeconds(3659));
        Assert.True((await ReviewAsync(token)).Authenticated);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("[invalid bearer token, service account token has expired]", (await ReviewAsync(token)).Error);
    }

    [Fact]
    public async Task A_token_for_others_is_not_for_the_api_server()
    {
        var request = new TokenRequest { Spec = new TokenRequestSpec { Audiences = ["vault", "db"] } };
        var token = (await IssueAsync(request)).Status.Token;
        Assert.Contains("token audiences [\"vault\" \"db\"] is invalid for the target audiences", (await ReviewAsync(token)).Error, StringComparison.Ordinal);
        var status = (await _reviews.ReviewAsync(new TokenReview { Spec = new TokenReviewSpec { Token = token, Audiences = ["db", "other"] } }, default)).Status;
        Assert.True(status.Authenticated);
        Assert.Equal(["db"], status.Audiences);
    }

    [Theory]
    [InlineData(3607, 365 * 24 * 3600, true)]
    [InlineData(3608, 3608, false)]
    public async Task The_token_of_a_pods_volume_lives_on_for_a_year(long seconds, long lifetime, bool warns)
    {
        var bound = Bound("Pod", "p");
        var issued = await IssueAsync(bound with { Spec = bound.Spec with { ExpirationSeconds = seconds } });
        Assert.Equal(_clock.GetUtcNow().AddSeconds(seconds), issued.Status.ExpirationTimestamp);
        var claims = TokenClaimsJson.Read(JsonWebToken.Parse(issued.Status.Token)!.Payload)!;
        Assert.Equal(_clock.GetUtcNow().AddSeconds(lifetime), claims.Expires);
        Assert.Equal(warns ? _clock.GetUtcNow().AddSeconds(seconds) : null, claims.WarnAfter);
    }

    [Fact]
    public async Task Tokens_of_pods_volumes_are_counted_by_whether_they_should_have_been_replaced()
    {
        var bound = Bound("Pod", "p");
        var token = (await IssueAsync(bound with { Spec = bound.Spec with { ExpirationSeconds = 3607 } })).Status.Token;
        Assert.True((await ReviewAsync(token)).Authenticated);
        Assert.True((await ReviewAsync((await IssueAsync(new TokenRequest())).Status.Token)).Authenticated);
        Assert.Equal((1, 0), (_tokens.Valid.Value, _tokens.Stale.Value));
        _clock.Advance(TimeSpan.FromSeconds(3608));
        Assert.True((await ReviewAsync(token)).Authenticated);
        Assert.Equal((1, 1), (_tokens.Valid.Value, _tokens.Stale.Value));
    }

    [Theory]
    [InlineData(599, "may not specify a duration less than 10 minutes")]
    [InlineData(-1, "may not specify a duration less than 10 minutes")]
    [InlineData(10000000000, "may not specify a duration larger than 2^32 seconds")]
    public async Task Lifetimes_have_bounds(long seconds, string rule)
    {
        var refusal = await RefusalAsync(new TokenRequest { Spec = new TokenRequestSpec { ExpirationSeconds = seconds } });
        Assert.Equal((422, $"TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: {seconds}: {rule}"), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task A_request_for_another_name_is_refused() => Assert.Equal(
        "TokenRequest.authentication.k8s.io \"robot\" is invalid: metadata.name: Invalid value: \"other\": must match the service account name if specified",
        (await RefusalAsync(new TokenRequest { Metadata = new ObjectMeta { Name = "other" } })).Message);

    [Theory]
    [InlineData("Pod", "none", "", 404, "pods \"none\" not found")]
    [InlineData("ConfigMap", "none", "", 400, "cannot bind token to object of type /v1, Kind=ConfigMap")]
    [InlineData("Pod", "p", "wrong", 409, "Operation cannot be fulfilled on Pod \"p\": the UID in the bound object reference (wrong) does not match the UID in record. The object might have been deleted and then recreated")]
    [InlineData("Pod", "foreign", "", 400, "cannot bind token for serviceaccount \"robot\" to pod running with different serviceaccount name.")]
    public async Task A_token_is_bound_only_to_what_is_there_and_the_accounts(string kind, string name, string uid, int code, string message)
    {
        _objects.Set(_pod with { Metadata = _pod.Metadata with { Name = "foreign" }, Spec = new PodSpec { ServiceAccountName = "other" } });
        var bound = Bound(kind, name);
        var refusal = await RefusalAsync(bound with { Spec = bound.Spec with { BoundObjectRef = bound.Spec.BoundObjectRef! with { Uid = uid } } });
        Assert.Equal((code, message), (refusal.Code, refusal.Message));
    }

    [Fact]
    public async Task A_missing_account_has_no_tokens()
    {
        _objects.Remove(_robot);
        Assert.Equal((404, "serviceaccounts \"robot\" not found"), ((await RefusalAsync(new TokenRequest())).Code, (await RefusalAsync(new TokenRequest())).Message));
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiAiUlMyNTYifQ.eyJpc3MiOiAiaHR0cHM6Ly9vdGhlci5leGFtcGxlLmNvbSJ9.eHh4")]
    public async Task What_is_no_token_of_this_issuer_is_just_invalid(string token) => Assert.Equal("invalid bearer token", (await ReviewAsync(token)).Error);

    [Fact]
    public async Task Forged_tokens_are_refused()
    {
        var parts = (await IssueAsync(new TokenRequest())).Status.Token.Split('.');
        string Header(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
        Assert.Equal("[invalid bearer token, invalid signature, no keys found]", (await ReviewAsync($"{Header("""{"alg":"RS256","kid":"nope"}""")}.{parts[1]}.{parts[2]}")).Error);
        var unsigned = "[invalid bearer token, go-jose/go-jose: error in cryptographic primitive]";
        Assert.Equal(unsigned, (await ReviewAsync($"{Header("""{"alg":"none"}""")}.{parts[1]}.")).Error);
        Assert.Equal(unsigned, (await ReviewAsync($"{Header("""{"alg":"HS256"}""")}.{parts[1]}.{parts[2]}")).Error);
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var altered = claims.RootElement.GetRawText().Replace(":robot", ":admin", StringComparison.Ordinal);
        Assert.Equal(unsigned, (await ReviewAsync($"{parts[0]}.{Header(altered)}.{parts[2]}")).Error);
    }

    [Fact]
    public async Task A_review_needs_a_token() =>
        Assert.Equal("token is required for TokenReview in authentication", (await Assert.ThrowsAsync<StatusException>(() => ReviewAsync(""))).Message);

    [Fact]
    public async Task An_elliptic_key_signs_ES256()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = SigningKey.FromPem(ecdsa.ExportPkcs8PrivateKeyPem());
        var requests = new TokenRequests(key, Options, _objects, _clock);
        var token = (await requests.IssueAsync(await requests.PrepareAsync("ns", "robot", new TokenRequest(), default), default)).Status.Token;
        var parsed = JsonWebToken.Parse(token)!;
        Assert.Equal(("ES256", true), (parsed.Algorithm, ecdsa.VerifyData(parsed.SignedPart, parsed.Signature, HashAlgorithmName.SHA256)));
        Assert.True(key.Verify(parsed.SignedPart, parsed.Signature));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----")]
    public void What_is_no_key_is_told(string pem) => Assert.Throws<PkiException>(() => SigningKey.FromPem(pem));

    [Theory]
    [InlineData("", 0, "service-account-issuer is a required flag")]
    [InlineData("a:b c://", 0, "service-account-issuer \"a:b c://\" contained a ':' but was not a valid URL")]
    [InlineData("me", 3599, "the service-account-max-token-expiration must be between 1 hour and 2^32 seconds")]
    [InlineData("https://issuer.example.com", 3600, null)]
    public void Settings_that_cannot_be_are_told(string issuer, int longest, string? problem)
    {
        var options = new TokenOptions { Issuer = issuer, MaximumLifetime = longest == 0 ? null : TimeSpan.FromSeconds(longest) };
        Assert.Equal(problem, options.Problems().SingleOrDefault());
    }

    public void Dispose() => _key.Dispose();

    private async Task<TokenRequest> IssueAsync(TokenRequest request) =>
        await _requests.IssueAsync(await _requests.PrepareAsync("ns", "robot", request, default), default);

    private async Task<Status> RefusalAsync(TokenRequest request) => (await Assert.ThrowsAsync<StatusException>(() => IssueAsync(request))).Status;

    private async Task<TokenReviewStatus> ReviewAsync(string token) =>
        (await _reviews.ReviewAsync(new TokenReview { Spec = new TokenReviewSpec { Token = token } }, default)).Status;

    private static TokenRequest Bound(string kind, string name) =>
        new() { Spec = new TokenRequestSpec { BoundObjectRef = new BoundObjectReference { Kind = kind, ApiVersion = "v1", Name = name } } };

    private static string KeyIdOf(string pem)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return Base64Url.EncodeToString(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo()));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
