using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using Petrel.Api.Protobuf;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.OpenApi;

/// <summary>How clients find, negotiate and cache the documents.</summary>
public sealed class OpenApiPathsTests : IAsyncLifetime
{
    private const string V2Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private const string V3Protobuf = "application/com.github.proto-openapi.spec.v3@v1.0+protobuf";

    private TestServer _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _client = TestServer.Client(await _server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_index_names_documents_by_addresses_that_may_be_kept_for_ever()
    {
        var paths = (await JsonAsync("/openapi/v3"))["paths"]!.AsObject();
        Assert.Superset(
            new HashSet<string> { ".well-known/openid-configuration", "api", "api/v1", "apis", "apis/apps", "apis/apps/v1", "openid/v1/jwks", "version" },
            paths.Select(each => each.Key).ToHashSet());
        var address = (string)paths["apis/apps/v1"]!["serverRelativeURL"]!;
        Assert.Matches("^/openapi/v3/apis/apps/v1\\?hash=[0-9A-F]{128}$", address);

        using var index = await SendAsync("/openapi/v3");
        Assert.Equal("text/plain", index.Content.Headers.ContentType?.MediaType);
        using var answer = await SendAsync(address);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("public, immutable", Header(answer, "Cache-Control"));
        Assert.Equal("\"" + address.Split('=')[1] + "\"", answer.Headers.ETag?.Tag);
        Assert.True(DateTimeOffset.Parse(Header(answer, "Expires"), System.Globalization.CultureInfo.InvariantCulture) > TimeProvider.System.GetUtcNow().AddDays(360));
    }

    [Fact]
    public async Task An_old_hash_leads_to_the_present_document()
    {
        using var answer = await SendAsync("/openapi/v3/version?hash=0123");
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal((string)(await JsonAsync("/openapi/v3"))["paths"]!["version"]!["serverRelativeURL"]!, answer.Headers.Location?.OriginalString);
    }

    [Theory]
    [InlineData("/openapi/v2")]
    [InlineData("/openapi/v3")]
    [InlineData("/openapi/v3/api/v1")]
    public async Task A_client_that_has_the_document_is_told_so(string path)
    {
        using var first = await SendAsync(path);
        using var again = await SendAsync(path, ("If-None-Match", first.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        using var other = await SendAsync(path, ("If-None-Match", "\"other\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Documents_come_compressed_to_who_takes_gzip()
    {
        using var answer = await SendAsync("/openapi/v3/api/v1", ("Accept-Encoding", "gzip"));
        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        var document = await JsonNode.ParseAsync(unpacked);
        Assert.True(JsonNode.DeepEquals(await JsonAsync("/openapi/v3/api/v1"), document));
    }

    [Theory]
    [InlineData("/openapi/v3/apis/nothing.example.com/v1")]
    [InlineData("/openapi/v3/apis/apps/v9")]
    [InlineData("/openapi/v3/apis//v1")]
    [InlineData("/openapi/v3/api/v1/pods")]
    public async Task What_is_not_served_has_no_document(string path)
    {
        using var answer = await SendAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(answer.Content.Headers.ContentType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_format_that_does_not_exist_is_not_acceptable()
    {
        using var answer = await SendAsync("/openapi/v2", ("Accept", "application/vnd.kubernetes.protobuf"));
        Assert.Equal(HttpStatusCode.NotAcceptable, answer.StatusCode);
    }

    [Fact]
    public async Task Only_reading_is_allowed()
    {
        using var answer = await _client.PostAsync("/openapi/v2", null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task The_protobuf_forms_name_the_same_definitions_as_the_json_forms()
    {
        var v2 = await ProtobufAsync("/openapi/v2", V2Protobuf, "application/com.github.proto-openapi.spec.v2.v1.0+protobuf");
        Assert.Equal((await JsonAsync("/openapi/v2"))["definitions"]!.AsObject().Select(each => each.Key), Names(v2, 9, 1));
        Assert.Equal((await JsonAsync("/openapi/v2"))["paths"]!.AsObject().Select(each => each.Key), Names(v2, 8, 2));

        var v3 = await ProtobufAsync("/openapi/v3/apis/apps/v1", V3Protobuf, "application/com.github.proto-openapi.spec.v3.v1.0+protobuf");
        var json = await JsonAsync("/openapi/v3/apis/apps/v1");
        Assert.Equal(json["paths"]!.AsObject().Select(each => each.Key), Names(v3, 4, 1));
        Assert.Equal(json["components"]!["schemas"]!.AsObject().Select(each => each.Key), Names(Message(v3, 5), 1, 1));
    }

    private static List<string> Names(byte[] document, int part, int entry)
    {
        var names = new List<string>();
        var reader = new ProtobufReader(Message(document, part));
        while (reader.NextField() is var field and not 0)
        {
            if (field != entry)
            {
                reader.Skip();
                continue;
            }

            var named = reader.ReadMessage();
            Assert.Equal(1, named.NextField());
            names.Add(named.ReadString());
        }

        return names;
    }

    private static byte[] Message(byte[] message, int number)
    {
        var reader = new ProtobufReader(message);
        while (reader.NextField() is var field and not 0)
        {
            if (field == number)
            {
                return reader.ReadBytes().ToArray();
            }

            reader.Skip();
        }

        throw new InvalidDataException($"there is no field {number}");
    }

    private async Task<byte[]> ProtobufAsync(string path, string accept, string contentType)
    {
        using var answer = await SendAsync(path, ("Accept", accept));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(contentType, answer.Content.Headers.ContentType?.ToString());
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await SendAsync(path, ("Accept", "application/json"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = HttpVersion.Version20 };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.SendAsync(request);
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : answer.Content.Headers.GetValues(name));
}
