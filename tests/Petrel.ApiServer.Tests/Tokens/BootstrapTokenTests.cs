using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Tokens;
using Xunit;

namespace Petrel.ApiServer.Tests.Tokens;

public sealed class BootstrapTokenTests
{
    private readonly SetClock _clock = new();
    private readonly KnownObjects _objects = new();

    [Fact]
    public async Task A_token_of_a_secret_is_a_user_who_may_ask_to_join()
    {
        Store();
        var user = (await AuthenticateAsync("abcdef.0123456789abcdef")).User!;
        Assert.Equal("system:bootstrap:abcdef", user.Name);
        Assert.Equal(["system:bootstrappers", "system:bootstrappers:kubeadm:default-node-token"], user.Groups);
    }

    [Theory]
    [InlineData("abcdef.0123456789abcdeX")]
    [InlineData("abcdef.0123456789abcdee")]
    [InlineData("ghijkl.0123456789abcdef")]
    [InlineData("abcdef0123456789abcdef")]
    public async Task Other_tokens_are_not_known(string token)
    {
        Store();
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await AuthenticateAsync(token)).Outcome);
    }

    [Theory]
    [InlineData("usage-bootstrap-authentication", "false")]
    [InlineData("token-id", "ghijkl")]
    [InlineData("auth-extra-groups", "system:masters")]
    [InlineData("expiration", "2026-01-02T03:04:05Z")]
    [InlineData("expiration", "someday")]
    public async Task A_secret_that_is_not_right_is_no_token(string key, string value)
    {
        Store((key, value));
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await AuthenticateAsync("abcdef.0123456789abcdef")).Outcome);
    }

    [Fact]
    public async Task A_token_ends_at_its_expiration()
    {
        Store(("expiration", "2026-01-02T04:00:00Z"));
        Assert.Equal(AuthenticationOutcome.Authenticated, (await AuthenticateAsync("abcdef.0123456789abcdef")).Outcome);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await AuthenticateAsync("abcdef.0123456789abcdef")).Outcome);
    }

    private async Task<AuthenticationResult> AuthenticateAsync(string token) =>
        await new BootstrapTokenAuthenticator(_objects, _clock).AuthenticateAsync(token, ["api"], default);

    private void Store(params (string Key, string Value)[] changes)
    {
        var data = new Dictionary<string, string>
        {
            ["token-id"] = "abcdef",
            ["token-secret"] = "0123456789abcdef",
            ["usage-bootstrap-authentication"] = "true",
            ["auth-extra-groups"] = "system:bootstrappers:kubeadm:default-node-token",
        };
        foreach (var (key, value) in changes)
        {
            data[key] = value;
        }

        _objects.Set(new Secret
        {
            Metadata = new ObjectMeta { Namespace = "kube-system", Name = "bootstrap-token-abcdef" },
            Type = "bootstrap.kubernetes.io/token",
            Data = data.Select(static pair => KeyValuePair.Create(pair.Key, Binary.FromUtf8(pair.Value))).ToApiMap(),
        });
    }
}
