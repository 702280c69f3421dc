using System.Net;
using System.Text;
using Petrel.ApiServer.Pki;
using Xunit;

namespace Petrel.ApiServer.Tests.Metrics;

/// <summary>What /metrics says of requests that were made.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
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
    public async Task Requests_are_counted_and_timed_by_what_they_are_for()
    {
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a"}}""");
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps?dryRun=All", """{"metadata":{"name":"b"}}""");
        await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps/a");
        await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps/a");
        await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps/missing");
        await SendAsync(HttpMethod.Get, "/apis/apps/v1/deployments");
        await SendAsync(HttpMethod.Put, "/apis/apps/v1/namespaces/default/deployments/none/scale", """{"metadata":{"name":"none","namespace":"default"}}""");
        var metrics = await MetricsAsync();

        const string ConfigMap = "group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"resource\",component=\"apiserver\"";
        Assert.Equal("1", metrics[$"apiserver_request_total{{verb=\"POST\",dry_run=\"\",{ConfigMap},code=\"201\"}}"]);
        Assert.Equal("1", metrics[$"apiserver_request_total{{verb=\"POST\",dry_run=\"All\",{ConfigMap},code=\"201\"}}"]);
        Assert.Equal("2", metrics[$"apiserver_request_total{{verb=\"GET\",dry_run=\"\",{ConfigMap},code=\"200\"}}"]);
        Assert.Equal("1", metrics[$"apiserver_request_total{{verb=\"GET\",dry_run=\"\",{ConfigMap},code=\"404\"}}"]);
        Assert.Equal("3", metrics[$"apiserver_request_duration_seconds_count{{verb=\"GET\",dry_run=\"\",{ConfigMap}}}"]);
        Assert.Equal("3", metrics[$"apiserver_request_duration_seconds_bucket{{verb=\"GET\",dry_run=\"\",{ConfigMap},le=\"60\"}}"]);
        Assert.Equal("1", metrics["apiserver_request_total{verb=\"LIST\",dry_run=\"\",group=\"apps\",version=\"v1\",resource=\"deployments\",subresource=\"\",scope=\"cluster\",component=\"apiserver\",code=\"200\"}"]);
        Assert.Equal("1", metrics["apiserver_request_total{verb=\"PUT\",dry_run=\"\",group=\"apps\",version=\"v1\",resource=\"deployments\",subresource=\"scale\",scope=\"resource\",component=\"apiserver\",code=\"404\"}"]);
        Assert.Equal("3", metrics[$"apiserver_request_sli_duration_seconds_count{{verb=\"GET\",{ConfigMap}}}"]);
        Assert.Equal("1", metrics["apiserver_storage_objects{resource=\"configmaps\"}"]);
        Assert.Equal("0", metrics["apiserver_storage_objects{resource=\"deployments.apps\"}"]);
        Assert.Equal("1", metrics["apiserver_current_inflight_requests{request_kind=\"readOnly\"}"]);
        Assert.Single(metrics.Keys, name => name.StartsWith("kubernetes_build_info{", StringComparison.Ordinal) && name.Contains("major=\"1\",minor=\"33\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sizes_stores_admission_and_identity_are_measured()
    {
        const string Body = """{"metadata":{"name":"a"}}""";
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", Body);
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/missing/configmaps", Body);
        await SendAsync(HttpMethod.Delete, "/api/v1/namespaces/default/configmaps/a");
        var list = await _client.GetByteArrayAsync("/api/v1/namespaces/default/configmaps");
        using var refused = new HttpRequestMessage(HttpMethod.Get, "/api");
        refused.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", "nonsense");
        using var stranger = TestServer.Client(_client.BaseAddress!);
        using var unauthorized = await stranger.SendAsync(refused);
        using var forbidden = await stranger.GetAsync("/api/v1/secrets");
        var metrics = await MetricsAsync();

        Assert.Equal(list.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), metrics["apiserver_response_sizes_sum{verb=\"LIST\",group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"namespace\",component=\"apiserver\"}"]);
        Assert.Equal((2 * Body.Length).ToString(System.Globalization.CultureInfo.InvariantCulture), metrics["apiserver_request_body_size_bytes_sum{group=\"\",resource=\"configmaps\",verb=\"create\"}"]);
        foreach (var (operation, count) in new[] { ("create", "1"), ("delete", "1"), ("list", "1") })
        {
            Assert.Equal(count, metrics[$"etcd_requests_total{{operation=\"{operation}\",type=\"configmaps\"}}"]);
            Assert.Equal(count, metrics[$"etcd_request_duration_seconds_count{{operation=\"{operation}\",type=\"configmaps\"}}"]);
        }

        Assert.Contains("apiserver_storage_size_bytes{storage_cluster_id=\"etcd-0\"}", metrics.Keys);
        Assert.Equal("1", metrics["apiserver_admission_controller_admission_duration_seconds_count{name=\"NamespaceLifecycle\",type=\"admit\",operation=\"CREATE\",rejected=\"true\"}"]);
        Assert.Equal("1", metrics["apiserver_admission_step_admission_duration_seconds_count{type=\"validate\",operation=\"DELETE\",rejected=\"false\"}"]);
        Assert.Equal("1", metrics["authentication_attempts{result=\"failure\"}"]);
        Assert.Equal("1", metrics["authentication_duration_seconds_count{result=\"failure\"}"]);
        Assert.Equal(metrics["authentication_attempts{result=\"success\"}"], metrics["authenticated_user_requests{username=\"other\"}"]);
        Assert.Equal("1", metrics["authorization_attempts_total{result=\"no-opinion\"}"]);
        Assert.NotEqual("0", metrics["authorization_duration_seconds_count{result=\"allowed\"}"]);
    }

    [Fact]
    public async Task Watches_and_their_events_are_counted()
    {
        using var watch = await _client.GetAsync("/api/v1/configmaps?watch=true&resourceVersion=0", HttpCompletionOption.ResponseHeadersRead);
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a"}}""");
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync());
        Assert.Contains("\"ADDED\"", await lines.ReadLineAsync(), StringComparison.Ordinal);
        var metrics = await MetricsAsync();

        Assert.Equal("1", metrics["apiserver_longrunning_requests{verb=\"WATCH\",group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"cluster\",component=\"apiserver\"}"]);
        Assert.Equal("1", metrics["apiserver_watch_events_total{group=\"\",version=\"v1\",kind=\"ConfigMap\"}"]);
    }

    [Fact]
    public async Task Refused_and_made_up_requests_are_counted_without_their_names()
    {
        using var nobody = TestServer.Client(_client.BaseAddress!);
        using var refused = await nobody.GetAsync("/api/v1/secrets");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await SendAsync(HttpMethod.Get, "/apis/made.up/v1/things");
        await SendAsync(new HttpMethod("BREW"), "/api/v1/namespaces/default/teapots");
        var metrics = await MetricsAsync();

        Assert.Equal("1", metrics["apiserver_request_total{verb=\"LIST\",dry_run=\"\",group=\"\",version=\"v1\",resource=\"secrets\",subresource=\"\",scope=\"cluster\",component=\"apiserver\",code=\"403\"}"]);
        Assert.DoesNotContain(metrics.Keys, name => name.Contains("made", StringComparison.Ordinal) || name.Contains("teapots", StringComparison.Ordinal) || name.Contains("BREW", StringComparison.Ordinal));
        Assert.Equal("1", metrics["apiserver_request_total{verb=\"GET\",dry_run=\"\",group=\"\",version=\"\",resource=\"\",subresource=\"\",scope=\"\",component=\"apiserver\",code=\"404\"}"]);
    }

    [Fact]
    public async Task A_handshake_that_fails_is_counted()
    {
        using (var plain = new System.Net.Sockets.TcpClient())
        {
            await plain.ConnectAsync(_client.BaseAddress!.Host, _client.BaseAddress.Port);
            await plain.GetStream().WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        }

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await MetricsAsync())["apiserver_tls_handshake_errors_total"] != "1")
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task Metrics_are_not_for_everybody()
    {
        using var nobody = TestServer.Client(_client.BaseAddress!);
        using var answer = await nobody.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private async Task SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using var answer = await _client.SendAsync(request);
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    private async Task<Dictionary<string, string>> MetricsAsync()
    {
        using var answer = await _client.GetAsync("/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToDictionary(line => line[..line.LastIndexOf(' ')], line => line[(line.LastIndexOf(' ') + 1)..]);
    }
}
