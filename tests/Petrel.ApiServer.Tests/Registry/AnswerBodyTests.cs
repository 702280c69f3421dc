using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Responses;
using Xunit;

namespace Petrel.ApiServer.Tests.Registry;

/// <summary>How answers travel: with their length, and long ones compressed for who takes that.</summary>
public sealed class AnswerBodyTests : IAsyncLifetime
{
    private const string Small = Requests.ConfigMaps + "/small";
    private const string Large = Requests.ConfigMaps + "/large";

    private TestServer _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _client = TestServer.Client(await _server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
        await _server.Admin.SendAsync("POST", Requests.ConfigMaps, "{\"metadata\":{\"name\":\"small\"}}");
        var text = new string('x', AnswerBody.GzipBytesMin);
        await _server.Admin.SendAsync("POST", Requests.ConfigMaps, "{\"metadata\":{\"name\":\"large\"},\"data\":{\"text\":\"" + text + "\"}}");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(Small, "application/json")]
    [InlineData(Small, "application/yaml")]
    [InlineData(Small, "application/vnd.kubernetes.protobuf")]
    [InlineData(Requests.ConfigMaps + "?labelSelector=none", "application/json")]
    [InlineData("/api/v1/namespaces/none", "application/json")]
    [InlineData(Large, "application/json")]
    public async Task An_answer_tells_its_length(string path, string accept)
    {
        using var answer = await GetAsync(path, accept, "");
        Assert.Equal((await answer.Content.ReadAsByteArrayAsync()).Length, answer.Content.Headers.ContentLength);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Empty(answer.Headers.Vary);
    }

    [Theory]
    [InlineData(Large, "application/json")]
    [InlineData(Large, "application/yaml")]
    [InlineData(Large, "application/vnd.kubernetes.protobuf")]
    [InlineData(Requests.ConfigMaps, "application/json")]
    [InlineData(Requests.ConfigMaps, "application/vnd.kubernetes.protobuf")]
    [InlineData(Requests.ConfigMaps, "application/json;as=Table;v=v1;g=meta.k8s.io")]
    public async Task A_long_answer_is_compressed_for_who_takes_gzip(string path, string accept)
    {
        // A table carries whole objects only when asked for.
        path += accept.Contains("Table", StringComparison.Ordinal) ? "?includeObject=Object" : "";
        using var plain = await GetAsync(path, accept, "deflate");
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        using var answer = await GetAsync(path, accept, "deflate, gzip");
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        Assert.Equal(plain.Content.Headers.ContentType, answer.Content.Headers.ContentType);
        var compressed = await answer.Content.ReadAsByteArrayAsync();
        Assert.InRange(compressed.Length, 1, AnswerBody.GzipBytesMin / 10);
        using var unpacked = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await unpacked.CopyToAsync(bytes);
        Assert.Equal(await plain.Content.ReadAsByteArrayAsync(), bytes.ToArray());
    }

    [Theory]
    [InlineData(Small, "gzip")]
    [InlineData(Requests.ConfigMaps + "?fieldSelector=metadata.name=small", "gzip")]
    [InlineData(Large, "gzip;q=0")]
    public async Task A_short_answer_and_one_for_who_does_not_take_it_is_plain(string path, string acceptEncoding)
    {
        using var answer = await GetAsync(path, "application/json", acceptEncoding);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Fact]
    public async Task A_list_of_several_pieces_comes_whole()
    {
        for (var i = 0; i < 8; i++)
        {
            var name = $"piece-{(char)('a' + i)}";
            await _server.Admin.SendAsync("POST", Requests.ConfigMaps, "{\"metadata\":{\"name\":\"" + name + "\"},\"data\":{\"text\":\"" + new string('y', 40_000) + "\"}}");
        }

        using var answer = await GetAsync(Requests.ConfigMaps, "application/json", "");
        var list = JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync())!;
        Assert.Equal(["large", .. Enumerable.Range(0, 8).Select(static i => $"piece-{(char)('a' + i)}"), "small"], list["items"]!.AsArray().Select(static item => item!.Text("metadata", "name")));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, string acceptEncoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version11 };
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (acceptEncoding.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", acceptEncoding);
        }

        return await _client.SendAsync(request);
    }
}
