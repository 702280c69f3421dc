using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authentication;
using Xunit;

namespace Petrel.ApiServer.Tests.Authentication;

public sealed class RequestAuthenticationTests
{
    private readonly DefaultHttpContext _context = new();
    private readonly BearerTokenAuthenticator _tokens = new(
        new TokenAuthentication([new StaticTokenAuthenticator(["# comment", "secret,alice,7,\"g1, g2\"", "", "other,carol,8"])]), ["api"]);

    [Fact]
    public async Task A_known_token_is_its_user_in_the_group_of_the_authenticated()
    {
        var user = (await AuthenticateAsync("Bearer secret")).User!;
        Assert.Equal(("alice", "7"), (user.Name, user.Uid));
        Assert.Equal(["g1", "g2", "system:authenticated"], user.Groups);
    }

    [Fact]
    public async Task A_wrong_token_is_rejected_and_not_anonymous()
    {
        var result = await AuthenticateAsync("Bearer wrong");
        Assert.Equal((AuthenticationOutcome.Rejected, "invalid bearer token"), (result.Outcome, result.ErrorText));
    }

    [Fact]
    public async Task No_token_is_anonymous_where_that_is_allowed()
    {
        Assert.Equal(SystemIdentities.Anonymous, (await AuthenticateAsync("")).User);
        Assert.Equal(AuthenticationOutcome.NoCredentials, (await AuthenticateAsync("", allowAnonymous: false)).Outcome);
    }

    [Theory]
    [InlineData("token,user")]
    [InlineData(",user,uid")]
    public void A_malformed_line_of_a_token_file_is_named(string line)
    {
        var error = Assert.Throws<InvalidDataException>(() => new StaticTokenAuthenticator(["secret,alice,7", line]));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    private async Task<AuthenticationResult> AuthenticateAsync(string authorization, bool allowAnonymous = true)
    {
        _context.Request.Headers.Authorization = authorization;
        return await new RequestAuthentication([_tokens], allowAnonymous).AuthenticateAsync(_context);
    }
}
