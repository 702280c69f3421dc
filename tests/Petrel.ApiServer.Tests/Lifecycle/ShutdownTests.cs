using System.Net;
using System.Text;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Lifecycle;

/// <summary>A server that is told to stop sends new clients away, ends watches and finishes what it has begun.</summary>
public sealed class ShutdownTests : IAsyncLifetime
{
    private readonly CancellationTokenSource _deadline = new(TimeSpan.FromSeconds(60));
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
        _deadline.Dispose();
    }

    [Fact]
    public async Task It_is_alive_but_not_ready_and_still_answers()
    {
        Assert.Equal((HttpStatusCode.OK, "ok"), await GetAsync("/readyz/shutdown"));
        _server.Server.Lifecycle.BeginShutdown();

        var (code, report) = await GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.InternalServerError, code);
        Assert.Contains("[-]shutdown failed: reason withheld", report, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.InternalServerError, "internal server error: process is shutting down\n"), await GetAsync("/readyz/shutdown"));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/livez/ping")).Code);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync("/api/v1/namespaces")).Code);
    }

    [Fact]
    public async Task Watches_end_as_if_their_time_were_over_and_the_listener_stops()
    {
        using var watch = await _client.GetAsync("/api/v1/namespaces?watch=true&resourceVersion=0", HttpCompletionOption.ResponseHeadersRead, _deadline.Token);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync(_deadline.Token));
        Assert.Contains("ADDED", await lines.ReadLineAsync(_deadline.Token), StringComparison.Ordinal);

        var stopping = _server.StopListeningAsync();
        await lines.ReadToEndAsync(_deadline.Token);
        await stopping.WaitAsync(_deadline.Token);
        await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetAsync("/version", _deadline.Token));
    }

    [Fact]
    public async Task A_request_that_has_begun_is_answered()
    {
        using var content = new HalfBody("""{"metadata":{"name":"late"}}""");
        var answering = _client.PostAsync(Requests.ConfigMaps, content, _deadline.Token);
        await content.HalfSent.WaitAsync(_deadline.Token);
        while (!await IsWritingAsync())
        {
            // Sent is not received yet.
        }

        var stopping = _server.StopListeningAsync();
        content.SendRest();

        using var answer = await answering;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await stopping.WaitAsync(_deadline.Token);
    }

    private async Task<bool> IsWritingAsync()
    {
        var metrics = await _server.Admin.SendAsync(new ApiRequest("GET", "/metrics"), _deadline.Token);
        return Encoding.UTF8.GetString(metrics.Body.Span).Contains("apiserver_current_inflight_requests{request_kind=\"mutating\"} 1", StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Code, string Text)> GetAsync(string path)
    {
        using var answer = await _client.GetAsync(path, _deadline.Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(_deadline.Token));
    }

    /// <summary>A JSON body that stops half-way until it is told to go on.</summary>
    private sealed class HalfBody : HttpContent
    {
        private readonly byte[] _json;
        private readonly TaskCompletionSource _halfSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HalfBody(string json)
        {
            _json = Encoding.UTF8.GetBytes(json);
            Headers.ContentType = new("application/json");
        }

        public Task HalfSent => _halfSent.Task;

        public void SendRest() => _rest.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_json.AsMemory(0, _json.Length / 2));
            await stream.FlushAsync();
            _halfSent.SetResult();
            await _rest.Task;
            await stream.WriteAsync(_json.AsMemory(_json.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _json.Length;
            return true;
        }
    }
}
