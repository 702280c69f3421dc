using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Images;
using Xunit;

namespace Petrel.Node.Tests.Images;

public sealed class RegistryMatchTests
{
    [Theory]
    [InlineData("https://index.docker.io/v1/", "nginx", true)]
    [InlineData("docker.io", "library/nginx:1", true)]
    [InlineData("registry.example.com", "registry.example.com/team/app:1", true)]
    [InlineData("registry.example.com/team", "registry.example.com/team/app:1", true)]
    [InlineData("registry.example.com/tea", "registry.example.com/team/app:1", false)]
    [InlineData("*.example.com", "registry.example.com/app", true)]
    [InlineData("*.com", "registry.example.com/app", false)]
    [InlineData("registry.example.com", "registry.example.com:5000/app", false)]
    [InlineData("registry.example.com:5000", "registry.example.com:5000/app", true)]
    [InlineData("other.example.com", "registry.example.com/app", false)]
    public void Credentials_are_for_the_images_of_their_registry(string registry, string image, bool covers) => Assert.Equal(covers, RegistryMatch.Covers(registry, image));

    [Fact]
    public void Credentials_are_read_from_both_types_of_secrets()
    {
        const string Auths = """{"r.example":{"auth":"dXNlcjpwYTpzcw=="},"other":{"username":"u","password":"p"}}""";
        Assert.Equal(
            ["r.example user pa:ss", "other u p"],
            PullCredentials.Read(Of(".dockerconfigjson", $$"""{"auths":{{Auths}}}""")).Select(static each => $"{each.Registry} {each.Auth.Username} {each.Auth.Password}"));
        Assert.Equal(2, PullCredentials.Read(Of(".dockercfg", Auths)).Count());
        Assert.Empty(PullCredentials.Read(Of(".dockerconfigjson", "not json")));
        Assert.Empty(PullCredentials.Read(Of("else", Auths)));
    }

    private static Secret Of(string key, string text) => new() { Data = ApiMap.FromPairs((key, Binary.FromUtf8(text))) };
}
