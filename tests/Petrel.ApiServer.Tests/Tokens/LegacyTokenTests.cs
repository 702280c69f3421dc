using System.Security.Cryptography;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Tokens;
using Xunit;

namespace Petrel.ApiServer.Tests.Tokens;

public sealed class LegacyTokenTests : IDisposable
{
    private static readonly TokenOptions Options = new();

    private readonly SigningKey _key;
    private readonly KnownObjects _objects = new();
    private readonly ServiceAccount _robot = new() { Metadata = new ObjectMeta { Namespace = "ns", Name = "robot", Uid = "sa-1" } };
    private readonly Secret _secret;
    private readonly string _token;

    private readonly LegacyTokenAuthenticator _authenticator;

    public LegacyTokenTests()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _key = SigningKey.FromPem(ecdsa.ExportPkcs8PrivateKeyPem());
        var empty = new Secret { Metadata = new ObjectMeta { Namespace = "ns", Name = "legacy" }, Type = "kubernetes.io/service-account-token" };
        _token = LegacyTokens.Issue(_robot, empty, _key);
        _secret = empty with { Data = ApiMap.FromPairs(("token", Binary.FromUtf8(_token))) };
        _objects.Set(_robot);
        _objects.Set(_secret);
        _authenticator = new LegacyTokenAuthenticator(_key, Options, _objects);
    }

    [Fact]
    public async Task The_token_that_a_secret_holds_is_its_account()
    {
        var result = await AuthenticateAsync(_token);
        Assert.Equal(("system:serviceaccount:ns:robot", "sa-1"), (result.User!.Name, result.User.Uid));
        Assert.Equal(["system:serviceaccounts", "system:serviceaccounts:ns"], result.User.Groups);
        Assert.Equal(Options.EffectiveAudiences, result.Audiences);
        Assert.Equal(1, _authenticator.Used.Value);
        await AuthenticateAsync("rubbish");
        Assert.Equal(1, _authenticator.Used.Value);
    }

    [Fact]
    public async Task The_token_ends_with_its_secret_its_account_or_the_label_that_says_so()
    {
        _objects.Set(_secret with { Metadata = _secret.Metadata with { Labels = ApiMap.FromPairs(("kubernetes.io/legacy-token-invalid-since", "2026-01-01")) } });
        Assert.Equal("the token in secret has been marked as invalid", (await AuthenticateAsync(_token)).ErrorText);
        _objects.Set(_robot with { Metadata = _robot.Metadata with { Uid = "another" } });
        Assert.Contains("does not match claim (sa-1)", (await AuthenticateAsync(_token)).ErrorText, StringComparison.Ordinal);
        _objects.Remove(_robot);
        Assert.Equal("serviceaccounts \"robot\" not found", (await AuthenticateAsync(_token)).ErrorText);
        _objects.Set(_secret with { Data = ApiMap.FromPairs(("token", Binary.FromUtf8("x"))) });
        Assert.Equal("service account token does not match server's copy", (await AuthenticateAsync(_token)).ErrorText);
        _objects.Remove(_secret);
        Assert.Equal("service account token has been invalidated", (await AuthenticateAsync(_token)).ErrorText);
    }

    [Fact]
    public async Task Other_tokens_are_not_known_and_forged_ones_are_refused()
    {
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await AuthenticateAsync("rubbish")).Outcome);
        var parts = _token.Split('.');
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = SigningKey.FromPem(ecdsa.ExportPkcs8PrivateKeyPem());
        Assert.Equal("invalid signature, no keys found", (await AuthenticateAsync(LegacyTokens.Issue(_robot, _secret, other))).ErrorText);
        var damaged = parts[2][0] == 'A' ? 'B' : 'A';
        Assert.Equal("go-jose/go-jose: error in cryptographic primitive", (await AuthenticateAsync($"{parts[0]}.{parts[1]}.{damaged}{parts[2][1..]}")).ErrorText);
    }

    public void Dispose() => _key.Dispose();

    private async Task<AuthenticationResult> AuthenticateAsync(string token) =>
        await _authenticator.AuthenticateAsync(token, Options.EffectiveAudiences, default);
}
