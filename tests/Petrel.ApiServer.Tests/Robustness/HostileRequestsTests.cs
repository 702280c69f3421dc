using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Yaml;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;
using Xunit.Abstractions;

namespace Petrel.ApiServer.Tests.Robustness;

/// <summary>Whatever comes over the wire is answered with a Status that blames the client, and costs nothing that lasts.</summary>
public sealed class HostileRequestsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Clients = 4;
    private const int RequestsPerClient = 850;
    private const long GrowthBytesMax = 32 * 1024 * 1024;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(60);

    private TestServer _server = null!;
    private Uri _address = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = "default" } }, default);
        _address = await _server.ListenAsync();
        _client = TestServer.Client(_address, TestServer.Pki.Authority.IssueAdmin());
        _client.Timeout = AnswerTimeout;
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Thousands_of_malformed_requests_get_a_client_error_each()
    {
        var problems = new ConcurrentBag<string>();
        var codes = new ConcurrentDictionary<int, int>();
        foreach (var (path, json) in HostileRequests.Kinds)
        {
            await _server.Admin.SendAsync("POST", path, json);
        }

        // The first rounds fill the pools of buffers, the last must do with them.
        await RunAsync(firstSeed: 100, problems, codes);
        await RunAsync(firstSeed: 200, problems, codes);
        var before = Memory();
        await RunAsync(firstSeed: 300, problems, codes);
        Assert.True(problems.IsEmpty, $"{problems.Count} problems, first:\n{string.Join("\n\n", problems.Take(12))}");

        var grown = Memory() - before;
        output.WriteLine($"{string.Join(", ", codes.OrderBy(static pair => pair.Key).Select(static pair => $"{pair.Key}: {pair.Value}"))}; {grown / 1024} KiB more memory");
        Assert.True(grown < GrowthBytesMax, $"memory grew by {grown} bytes");
        Assert.True(codes.Where(static pair => pair.Key is >= 400 and < 500).Sum(static pair => pair.Value) > Clients * RequestsPerClient, "the requests are not hostile enough");
        await AssertAnswersAsync();
    }

    /// <summary>With and without asking before the body is sent; without, the whole body is on its way before the answer is.</summary>
    [Theory]
    [InlineData("POST", "", "application/json")]
    [InlineData("PUT", "/x", "application/yaml")]
    [InlineData("PATCH", "/x", "application/merge-patch+json")]
    [InlineData("DELETE", "/x", "application/json")]
    public async Task A_body_that_is_too_large_is_refused(string method, string name, string contentType)
    {
        foreach (var (isChunked, asksFirst) in new[] { (false, true), (false, false), (true, true), (true, false) })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Requests.ConfigMaps + name) { Version = HttpVersion.Version11 };
            var body = new byte[(4 * 1024 * 1024) + 1];
            body.AsSpan().Fill((byte)' ');
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            request.Headers.TransferEncodingChunked = isChunked;
            request.Headers.ExpectContinue = asksFirst;
            using var response = await _client.SendAsync(request);
            var status = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal((413, "RequestEntityTooLarge"), ((int)response.StatusCode, status.Text("reason")));
        }

        await AssertAnswersAsync();
    }

    [Fact]
    public async Task Clients_that_stop_in_the_middle_hold_nobody_up()
    {
        var stalled = new List<SslStream>();
        try
        {
            for (var number = 0; number < 60; number++)
            {
                var stream = await ConnectAsync();
                stalled.Add(stream);
                var text = (number % 3) switch
                {
                    0 => "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"api",
                    1 => "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"api\r\n",
                    _ => "GET /api/v1/namespaces/default/configmaps HT",
                };
                await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
            }

            await AssertAnswersAsync();
        }
        finally
        {
            foreach (var stream in stalled)
            {
                await stream.DisposeAsync();
            }
        }

        await AssertAnswersAsync();
    }

    [Fact]
    public async Task A_body_that_does_not_come_in_time_is_a_timeout()
    {
        await using var stream = await ConnectAsync();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "POST /api/v1/namespaces/default/configmaps?timeout=300ms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"api"));
        using var reader = new StreamReader(stream);
        Assert.Equal("HTTP/1.1 504 Gateway Timeout", await reader.ReadLineAsync().WaitAsync(AnswerTimeout));
    }

    [Theory]
    [InlineData("abc", "time: invalid duration \"abc\"")]
    [InlineData("5", "time: missing unit in duration \"5\"")]
    [InlineData("5x", "time: unknown unit \"x\" in duration \"5x\"")]
    public async Task A_timeout_that_is_none_is_refused(string timeout, string why)
    {
        var (code, status) = await _server.Admin.SendAsync("GET", Requests.ConfigMaps + "?timeout=" + timeout);
        Assert.Equal((400, "invalid timeout specified in the request URL - " + why), (code, status.Text("message")));
    }

    private Task RunAsync(int firstSeed, ConcurrentBag<string> problems, ConcurrentDictionary<int, int> codes) =>
        Task.WhenAll(Enumerable.Range(firstSeed, Clients).Select(seed => RunClientAsync(seed, problems, codes)));

    private async Task RunClientAsync(int seed, ConcurrentBag<string> problems, ConcurrentDictionary<int, int> codes)
    {
        var requests = new HostileRequests(seed);
        for (var number = 0; number < RequestsPerClient; number++)
        {
            var request = requests.Next();
            try
            {
                using var message = request.ToMessage();
                using var response = await _client.SendAsync(message);
                codes.AddOrUpdate((int)response.StatusCode, 1, static (_, known) => known + 1);
                if (FindProblem(request, response, await response.Content.ReadAsStringAsync()) is { } problem)
                {
                    problems.Add($"{problem}\n  seed {seed}, request {number}: {request}");
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or OperationCanceledException)
            {
                problems.Add($"{broken.GetType().Name} {broken.Message} {broken.InnerException?.Message}\n  seed {seed}, request {number}: {request}");
            }
        }
    }

    private static string? FindProblem(HostileRequest request, HttpResponseMessage response, string body)
    {
        var code = (int)response.StatusCode;
        if (code < 400)
        {
            return null;
        }

        // Paths that are no API, and impersonation, are answered in plain text, as upstream does.
        if (response.Content.Headers.ContentType?.MediaType == "text/plain")
        {
            return code is 404 || (code == 500 && request.Headers.Keys.Any(static name => name.StartsWith("Impersonate", StringComparison.Ordinal))) ? null : $"{code} in plain text: {body}";
        }

        if (response.Content.Headers.ContentType?.MediaType == "application/yaml")
        {
            body = Encoding.UTF8.GetString(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(body), out var json, out _, out _) ? json : []);
        }

        if (request.Method == "HEAD" || !body.StartsWith('{'))
        {
            return code < 500 ? null : $"{code}: {body}";
        }

        try
        {
            var status = JsonNode.Parse(body)!;
            if (status.Text("kind") != "Status" || status.Text("code") != code.ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                return $"{code} without its Status: {body}";
            }

            // Upstream answers some client errors with a 500 that has no reason, and a version from the future with a 504. Ours that are
            // no answer but an accident are InternalError.
            return code < 500 || (code == 500 && status.Text("reason").Length == 0) || (code == 504 && body.Contains("ResourceVersionTooLarge", StringComparison.Ordinal)) ? null : $"{code}: {body}";
        }
        catch (JsonException)
        {
            return $"{code} with broken JSON: {body}";
        }
    }

    private async Task AssertAnswersAsync()
    {
        using var response = await _client.GetAsync(new Uri(Requests.ConfigMaps, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<SslStream> ConnectAsync()
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(_address.Host, _address.Port);
        var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
        var certificate = TestServer.Pki.Authority.IssueAdmin().Load();
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "127.0.0.1",
            ClientCertificates = [certificate],
            CertificateChainPolicy = new() { RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck, TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { TestServer.Pki.Authority.Roots[0] } },
        });
        return stream;
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
