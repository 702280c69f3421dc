using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authentication;
using Xunit;

namespace Petrel.ApiServer.Tests.Authentication;

public sealed class BearerTokenTests
{
    private readonly IHeaderDictionary _headers = new HeaderDictionary();

    [Theory]
    [InlineData("Bearer abc", "abc")]
    [InlineData("bearer abc", "abc")]
    [InlineData("Bearer abc def", "abc")]
    [InlineData("Bearer  abc", null)]
    [InlineData("Bearer", null)]
    [InlineData("Basic abc", null)]
    [InlineData("", null)]
    public void The_authorization_header_holds_a_token(string header, string? token)
    {
        _headers.Authorization = header;
        Assert.Equal(token, BearerToken.FromAuthorization(_headers));
    }

    [Fact]
    public void A_subprotocol_holds_a_token_and_is_taken_out()
    {
        _headers.SecWebSocketProtocol = "v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.YWJj";
        Assert.Equal("abc", BearerToken.TakeFromSubprotocol(_headers));
        Assert.Equal("v4.channel.k8s.io", _headers.SecWebSocketProtocol);
    }

    [Theory]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("base64url.bearer.authorization.k8s.io.YWJj")]
    [InlineData("v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.")]
    public void Without_a_protocol_or_a_token_there_is_nothing_to_take(string offered)
    {
        _headers.SecWebSocketProtocol = offered;
        Assert.Null(BearerToken.TakeFromSubprotocol(_headers));
        Assert.Equal(offered, _headers.SecWebSocketProtocol);
    }
}
