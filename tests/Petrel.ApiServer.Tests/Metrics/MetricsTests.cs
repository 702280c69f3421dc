using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
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
    public async Task What_monitoring_asks_for_is_measured()
    {
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"a","labels":{"l":"x"}}}""");
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"b"}}""");
        await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps");
        await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps?labelSelector=l=x");
        await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/endpoints");
        await _server.Server.As(Components.ApiServer, "test").SendAsync("GET", "/api/v1/namespaces/default");
        const string Rbac = "/apis/rbac.authorization.k8s.io/v1/";
        await SendAsync(HttpMethod.Post, Rbac + "clusterroles", """{"metadata":{"name":"all"},"rules":[{"nonResourceURLs":["/version"],"verbs":["get"]}]}""");
        await SendAsync(HttpMethod.Post, Rbac + "clusterrolebindings", """{"metadata":{"name":"all"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"all"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"system:anonymous"}]}""");
        using var stranger = TestServer.Client(_client.BaseAddress!);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var code = HttpStatusCode.Forbidden; code != HttpStatusCode.OK;)
        {
            // The role counts a moment later.
            using var version = await stranger.GetAsync("/version", patience.Token);
            code = version.StatusCode;
        }

        var metrics = await MetricsAsync();

        // Of an administrator's certificate a year is left, but for the moments since it was made.
        Assert.Equal("0", metrics["apiserver_client_certificate_expiration_seconds_bucket{le=\"15552000\"}"]);
        Assert.NotEqual("0", metrics["apiserver_client_certificate_expiration_seconds_bucket{le=\"31104000\"}"] + metrics["apiserver_client_certificate_expiration_seconds_count"]);
        Assert.Equal(("2", "4", "2", "3"), (Lists("total"), Lists("fetched_objects_total"), Lists("evaluated_objects_total"), Lists("returned_objects_total")));
        Assert.Equal("1", metrics["apiserver_requested_deprecated_apis{group=\"\",version=\"v1\",resource=\"endpoints\",subresource=\"\",removed_release=\"\"}"]);
        Assert.Equal("1", metrics["apiserver_selfrequest_total{verb=\"GET\",resource=\"namespaces\",subresource=\"\"}"]);
        Assert.Equal("1", metrics["apiserver_authorization_decisions_total{decision=\"allowed\",name=\"rbac\",type=\"RBAC\"}"]);
        Assert.Equal("0", metrics["serviceaccount_valid_tokens_total"]);
        Assert.Equal("0", metrics["apiserver_terminated_watchers_total{resource=\"configmaps\"}"]);
        foreach (var filter in (string[])["authentication", "impersonation", "priorityandfairness", "authorization"])
        {
            Assert.NotEqual("0", metrics[$"apiserver_request_filter_duration_seconds_count{{filter=\"{filter}\"}}"]);
        }

        string Lists(string what) => metrics[$"apiserver_storage_list_{what}{{resource=\"configmaps\"}}"];
    }

    [Fact]
    public async Task Objectives_do_not_answer_for_webhooks()
    {
        await using var webhook = await Webhooks.WebhookServer.StartAsync();
        webhook.Serve("/slow", static async (context, review) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, context.RequestAborted);
            await context.Response.WriteAsync($$$"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"{{{review["request"]!["uid"]}}}","allowed":true}}""");
        });
        foreach (var kind in (string[])["validating", "mutating"])
        {
            await SendAsync(HttpMethod.Post, $"/apis/admissionregistration.k8s.io/v1/{kind}webhookconfigurations", $$$"""
                {"metadata":{"name":"h"},"webhooks":[{"name":"h.example.com","sideEffects":"None","admissionReviewVersions":["v1"],"clientConfig":{"url":"{{{webhook.Address}}}/slow","caBundle":"{{{Webhooks.WebhookServer.CaBundle}}}"},
                 "rules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps"]}]}]}
                """);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (webhook.Questions.Count < 2)
        {
            // The webhooks are known a moment later.
            patience.Token.ThrowIfCancellationRequested();
            await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/configmaps?dryRun=All", """{"metadata":{"name":"a"}}""");
        }

        var metrics = await MetricsAsync();
        const string Purpose = "group=\"\",version=\"v1\",resource=\"configmaps\",subresource=\"\",scope=\"resource\",component=\"apiserver\"}";
        double Sum(string name) => double.Parse(metrics[name + Purpose], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(Sum("apiserver_request_duration_seconds_sum{verb=\"POST\",dry_run=\"All\",") - Sum("apiserver_request_sli_duration_seconds_sum{verb=\"POST\","), 0.58, 30);
    }

    [Fact]
    public async Task The_use_of_priority_levels_is_measured_over_time()
    {
        await SendAsync(HttpMethod.Get, "/api/v1/namespaces/default/configmaps");
        var metrics = await MetricsAsync();

        // What asks for the metrics runs, too: at the level for administrators, which has no limit, and as one of 400 who may read.
        foreach (var series in (string[])[
            "apiserver_flowcontrol_priority_level_seat_utilization_count{phase=\"executing\",priority_level=\"exempt\"}",
            "apiserver_flowcontrol_priority_level_request_utilization_count{phase=\"executing\",priority_level=\"exempt\"}",
            "apiserver_flowcontrol_priority_level_request_utilization_bucket{phase=\"waiting\",priority_level=\"exempt\",le=\"0\"}",
            "apiserver_flowcontrol_demand_seats_bucket{priority_level=\"catch-all\",le=\"0.2\"}",
            "apiserver_flowcontrol_read_vs_write_current_requests_bucket{phase=\"executing\",request_kind=\"mutating\",le=\"0\"}",
            "apiserver_flowcontrol_read_vs_write_current_requests_sum{phase=\"executing\",request_kind=\"readOnly\"}"])
        {
            Assert.True(double.Parse(metrics[series], System.Globalization.CultureInfo.InvariantCulture) > 0, series);
        }

        Assert.Equal("0", metrics["apiserver_flowcontrol_read_vs_write_current_requests_sum{phase=\"waiting\",request_kind=\"readOnly\"}"]);
    }

    [Fact]
    public async Task Health_checks_are_counted_where_upstream_shows_them()
    {
        using var all = await _client.GetAsync("/livez");
        await _client.GetStringAsync("/readyz/ping");
        var metrics = await MetricsAsync("/metrics/slis");
        Assert.Equal(("1", "1", "1"), (
            metrics["kubernetes_healthcheck{name=\"etcd\",type=\"livez\"}"],
            metrics["kubernetes_healthchecks_total{name=\"etcd\",status=\"success\",type=\"livez\"}"],
            metrics["kubernetes_healthchecks_total{name=\"ping\",status=\"success\",type=\"readyz\"}"]));
        Assert.DoesNotContain("kubernetes_healthcheck{name=\"etcd\",type=\"livez\"}", (await MetricsAsync()).Keys);
    }

    [Fact]
    public async Task What_policies_find_is_counted()
    {
        const string Group = "/apis/admissionregistration.k8s.io/v1/";
        await SendAsync(HttpMethod.Post, Group + "validatingadmissionpolicies", """
            {"metadata":{"name":"p"},"spec":{"failurePolicy":"Ignore","matchConstraints":{"resourceRules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps"]}]},
             "validations":[{"expression":"object.metadata.name != 'bad'"},{"expression":"object.data.missing == 'x'"}]}}
            """);
        await SendAsync(HttpMethod.Post, Group + "validatingadmissionpolicybindings", """{"metadata":{"name":"b"},"spec":{"policyName":"p","validationActions":["Deny","Audit"]}}""");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            // The policy is in force a moment later.
            using var content = new StringContent("""{"metadata":{"name":"bad"}}""", Encoding.UTF8, "application/json");
            using var answer = await _client.PostAsync("/api/v1/namespaces/default/configmaps?dryRun=All", content, patience.Token);
            if (answer.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                break;
            }
        }

        var metrics = await MetricsAsync();
        foreach (var (action, error) in new[] { ("deny", "no_error"), ("audit", "no_error"), ("allow", "invalid_error") })
        {
            var labels = $"{{enforcement_action=\"{action}\",error_type=\"{error}\",policy=\"p\",policy_binding=\"b\"}}";
            Assert.Equal("1", metrics["apiserver_validating_admission_policy_check_total" + labels]);
            Assert.Equal("1", metrics["apiserver_validating_admission_policy_check_duration_seconds_count" + labels]);
        }
    }

    [Fact]
    public async Task Levels_of_pods_are_counted_by_what_was_done_about_them()
    {
        const string Labels = """{"metadata":{"name":"n","labels":{"pod-security.kubernetes.io/enforce":"baseline","pod-security.kubernetes.io/enforce-version":"v1.99","pod-security.kubernetes.io/audit":"restricted","pod-security.kubernetes.io/warn":"restricted"}}}""";
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces", Labels);
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/n/serviceaccounts", """{"metadata":{"name":"default"}}""");
        foreach (var network in (string[])["true", "false"])
        {
            await SendAsync(HttpMethod.Post, "/api/v1/namespaces/n/pods?dryRun=All", """{"metadata":{"name":"p"},"spec":{"hostNetwork":""" + network + ""","containers":[{"name":"c","image":"i"}]}}""");
        }

        var metrics = await MetricsAsync();
        string Count(string decision, string mode, string level, string version) => metrics[
            $"pod_security_evaluations_total{{decision=\"{decision}\",mode=\"{mode}\",policy_level=\"{level}\",policy_version=\"{version}\",request_operation=\"create\",resource=\"pod\",subresource=\"\"}}"];
        Assert.Equal(("1", "1"), (Count("deny", "enforce", "baseline", "future"), Count("allow", "enforce", "baseline", "future")));
        Assert.Equal(("2", "1"), (Count("deny", "audit", "restricted", "latest"), Count("deny", "warn", "restricted", "latest")));
    }

    [Fact]
    public async Task Addresses_and_node_ports_of_services_are_counted()
    {
        await SendAsync(HttpMethod.Post, "/api/v1/namespaces/default/services", """{"metadata":{"name":"s"},"spec":{"type":"NodePort","ports":[{"port":80}]}}""");
        var metrics = await MetricsAsync();
        Assert.Equal(("1", "1048573"), (metrics["kube_apiserver_clusterip_allocator_allocated_ips{cidr=\"10.96.0.0/12\"}"], metrics["kube_apiserver_clusterip_allocator_available_ips{cidr=\"10.96.0.0/12\"}"]));
        Assert.Equal(("1", "2767"), (metrics["kube_apiserver_nodeport_allocator_allocated_ports"], metrics["kube_apiserver_nodeport_allocator_available_ports"]));
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

    private async Task<Dictionary<string, string>> MetricsAsync(string path = "/metrics")
    {
        using var answer = await _client.GetAsync(path);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToDictionary(line => line[..line.LastIndexOf(' ')], line => line[(line.LastIndexOf(' ') + 1)..]);
    }
}
