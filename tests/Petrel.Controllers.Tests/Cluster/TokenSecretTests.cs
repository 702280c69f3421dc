using System.Text;
using Petrel.Api;
using Petrel.Api.Authentication;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class TokenSecretTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_token_secret_is_filled_with_a_token_that_the_server_knows_and_goes_with_its_account()
    {
        var account = await _cluster.Api.CreateAsync(new ServiceAccount { Metadata = new() { Namespace = "default", Name = "robot" } }, default);
        await CreateSecretAsync("legacy", ("kubernetes.io/service-account.name", "robot"));
        var secret = await _cluster.UntilAsync<Secret>("default", "legacy", static secret => secret.Data.ContainsKey("token"));
        Assert.Equal(account.Metadata.Uid, secret.Metadata.Annotations["kubernetes.io/service-account.uid"]);
        Assert.Equal(("PEM", "default"), (Text(secret, "ca.crt"), Text(secret, "namespace")));

        var review = await _cluster.Api.CreateAsync(new TokenReview { Spec = new() { Token = Text(secret, "token") } }, default);
        Assert.True(review.Status.Authenticated);
        Assert.Equal("system:serviceaccount:default:robot", review.Status.User.Username);

        // What is taken out comes back; the token is another secret's business.
        await _cluster.PatchAsync<Secret>("default", "legacy", """{"data":{"namespace":null}}""");
        var again = await _cluster.UntilAsync<Secret>("default", "legacy", static secret => secret.Data.ContainsKey("namespace"));
        Assert.Equal(Text(secret, "token"), Text(again, "token"));

        await _cluster.Api.DeleteAsync<ServiceAccount>("default", "robot", null, default);
        await _cluster.UntilGoneAsync<Secret>("default", "legacy");
    }

    [Theory]
    [InlineData("nobody", null)]
    [InlineData("default", "another-uid")]
    public async Task A_token_secret_without_its_account_is_deleted(string account, string? uid)
    {
        var pairs = new List<(string, string)> { ("kubernetes.io/service-account.name", account) };
        if (uid is not null)
        {
            pairs.Add(("kubernetes.io/service-account.uid", uid));
        }

        await CreateSecretAsync("stray", [.. pairs]);
        await _cluster.UntilGoneAsync<Secret>("default", "stray");
    }

    private Task CreateSecretAsync(string name, params (string Key, string Value)[] annotations) => _cluster.Api.CreateAsync(
        new Secret { Metadata = new() { Namespace = "default", Name = name, Annotations = ApiMap.FromPairs(annotations) }, Type = "kubernetes.io/service-account-token" },
        CancellationToken.None);

    private static string Text(Secret secret, string key) => Encoding.UTF8.GetString(secret.Data[key].Span);
}
