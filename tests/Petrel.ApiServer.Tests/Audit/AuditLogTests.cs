using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Audit;

/// <summary>What the audit log says of requests.</summary>
public sealed class AuditLogTests : IDisposable
{
    private const string OnlyConfigMaps = "[{group: \"\", resources: [configmaps]}]";

    private readonly string _folder = Directory.CreateTempSubdirectory("petrel-audit-").FullName;

    private string Log => Path.Combine(_folder, "deep", "audit.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_request_is_recorded_at_its_stages_with_who_and_what()
    {
        await using (var server = await StartAsync($"rules: [{{level: Metadata, resources: {OnlyConfigMaps}}}]"))
        {
            using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
            using var request = new HttpRequestMessage(HttpMethod.Post, Requests.ConfigMaps + "?fieldManager=me");
            request.Content = new StringContent("""{"metadata":{"generateName":"made-"}}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            request.Headers.TryAddWithoutValidation("User-Agent", "tester/1");
            request.Headers.TryAddWithoutValidation("Audit-ID", "my-own-id");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", "192.0.2.7, 192.0.2.8");
            using var answer = await client.SendAsync(request);
            Assert.Equal("my-own-id", answer.Headers.GetValues("Audit-Id").Single());
        }

        var events = Events();
        Assert.Equal(["RequestReceived", "ResponseComplete"], events.Select(static each => each.Text("stage")));
        Assert.Equal(
            ["kind", "apiVersion", "level", "auditID", "stage", "requestURI", "verb", "user", "sourceIPs", "userAgent", "objectRef", "responseStatus", "requestReceivedTimestamp", "stageTimestamp", "annotations"],
            events[1].AsObject().Select(static each => each.Key));
        var last = events[1];
        Assert.Equal(("Event", "audit.k8s.io/v1", "Metadata", "my-own-id", "create"), (last.Text("kind"), last.Text("apiVersion"), last.Text("level"), last.Text("auditID"), last.Text("verb")));
        Assert.Equal(Requests.ConfigMaps + "?fieldManager=me", last.Text("requestURI"));
        Assert.Equal("""["192.0.2.7","192.0.2.8","127.0.0.1"]""", last["sourceIPs"]!.ToJsonString());
        Assert.Equal("""{"resource":"configmaps","namespace":"default","apiVersion":"v1"}""", last["objectRef"]!.ToJsonString());
        Assert.Equal("""{"metadata":{},"code":201}""", last["responseStatus"]!.ToJsonString());
        Assert.Equal("""{"authorization.k8s.io/decision":"allow","authorization.k8s.io/reason":""}""", last["annotations"]!.ToJsonString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", last.Text("stageTimestamp"));
        Assert.Contains("system:authenticated", last["user"]!["groups"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Levels_say_which_objects_are_recorded()
    {
        await using (var server = await StartAsync(
            """
            omitStages: [RequestReceived]
            rules:
            - {level: None, users: ["system:apiserver"]}
            - {level: RequestResponse, resources: [{group: "", resources: [configmaps]}], omitManagedFields: true}
            - {level: Request, resources: [{group: "", resources: [secrets]}]}
            """))
        {
            await server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"a"},"data":{"k":"v"}}""");
            await server.Admin.SendAsync("PATCH", Requests.ConfigMaps + "/a", """{"data":{"k":"w"}}""", "application/merge-patch+json");
            await server.Admin.SendAsync("GET", Requests.ConfigMaps);
            await server.Admin.SendAsync("DELETE", Requests.ConfigMaps + "/a", """{"gracePeriodSeconds":7}""");
            await server.Admin.SendAsync("GET", Requests.ConfigMaps + "/a");
            await server.Admin.SendAsync("POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"s"}}""");
        }

        var events = Events();
        Assert.Equal(6, events.Count);
        var (create, patch, list, delete, missing, secret) = (events[0], events[1], events[2], events[3], events[4], events[5]);
        Assert.Equal("v", create["requestObject"]!["data"]!.Text("k"));
        Assert.Equal(("ConfigMap", "v"), (create["responseObject"]!.Text("kind"), create["responseObject"]!["data"]!.Text("k")));
        Assert.NotEqual("", create["responseObject"]!.Text("metadata", "uid"));
        Assert.DoesNotContain("managedFields", create.ToJsonString() + patch.ToJsonString() + list.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(("a", "v1"), (create["objectRef"]!.Text("name"), create["objectRef"]!.Text("apiVersion")));
        Assert.Equal("""{"data":{"k":"w"}}""", patch["requestObject"]!.ToJsonString());
        Assert.Equal("w", patch["responseObject"]!["data"]!.Text("k"));
        Assert.Equal(("ConfigMapList", "w"), (list["responseObject"]!.Text("kind"), list["responseObject"]!["items"]![0]!["data"]!.Text("k")));
        Assert.Equal("7", delete["requestObject"]!.Text("gracePeriodSeconds"));
        Assert.Equal(("Success", "200"), (delete["responseStatus"]!.Text("status"), delete["responseStatus"]!.Text("code")));
        Assert.Equal(("Failure", "NotFound", "404"), (missing["responseStatus"]!.Text("status"), missing["responseStatus"]!.Text("reason"), missing["responseStatus"]!.Text("code")));
        Assert.Equal("Opaque", secret["requestObject"]!.Text("type"));
        Assert.Null(secret["responseObject"]);
    }

    [Fact]
    public async Task A_watch_is_recorded_when_it_starts_and_when_it_ends()
    {
        await using (var server = await StartAsync($"rules: [{{level: Metadata, verbs: [watch], resources: {OnlyConfigMaps}}}]"))
        {
            using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
            await client.GetStringAsync("/api/v1/configmaps?watch=1&timeoutSeconds=1");
        }

        Assert.Equal(["RequestReceived", "ResponseStarted", "ResponseComplete"], Events().Select(static each => each.Text("stage")));
    }

    [Fact]
    public async Task A_watch_without_a_socket_is_recorded_when_it_starts_though_nothing_happens_in_it()
    {
        await using var server = await StartAsync($"omitStages: [RequestReceived]\nrules: [{{level: Metadata, verbs: [watch], resources: {OnlyConfigMaps}}}]");
        using var ended = new CancellationTokenSource();
        await using var watch = server.Admin.WatchAsync(new ApiRequest("GET", Requests.ConfigMaps + "?watch=1"), ended.Token).GetAsyncEnumerator();
        var next = watch.MoveNextAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Stages() is not ["ResponseStarted"])
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal("200", Events().Single()["responseStatus"]!.Text("code"));
        Assert.False(next.IsCompleted);
        await ended.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next.AsTask());
        await watch.DisposeAsync();
        Assert.Equal(["ResponseStarted", "ResponseComplete"], Stages());

        List<string> Stages() => [.. Events().Select(static each => each.Text("stage"))];
    }

    [Fact]
    public async Task What_pod_security_finds_is_noted()
    {
        await using (var server = await StartAsync("omitStages: [RequestReceived]\nrules: [{level: Metadata, verbs: [create], resources: [{group: \"\", resources: [pods]}]}]"))
        {
            await server.Admin.SendAsync("POST", "/api/v1/namespaces", """{"metadata":{"name":"n","labels":{"pod-security.kubernetes.io/enforce":"baseline","pod-security.kubernetes.io/audit":"baseline"}}}""");
            await server.Admin.SendAsync("POST", "/api/v1/namespaces/n/serviceaccounts", """{"metadata":{"name":"default"}}""");
            await server.Admin.SendAsync("POST", "/api/v1/namespaces/n/pods", """{"metadata":{"name":"p"},"spec":{"hostNetwork":true,"containers":[{"name":"c","image":"i"}]}}""");
        }

        var annotations = Events().Single()["annotations"]!;
        Assert.Equal("baseline:latest", annotations.Text("pod-security.kubernetes.io/enforce-policy"));
        Assert.StartsWith("would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)", annotations.Text("pod-security.kubernetes.io/audit-violations"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_refused_and_who_is_somebody_else_is_recorded()
    {
        await using (var server = await StartAsync("omitStages: [RequestReceived]\nrules: [{level: Metadata, resources: [{group: \"\", resources: [configmaps]}]}]"))
        {
            var address = await server.ListenAsync();
            using var admin = TestServer.Client(address, TestServer.Pki.Authority.IssueAdmin());
            using var stranger = TestServer.Client(address);
            using var impersonating = new HttpRequestMessage(HttpMethod.Get, Requests.ConfigMaps);
            impersonating.Headers.TryAddWithoutValidation("Impersonate-User", "ann");
            using var forbidden = await admin.SendAsync(impersonating);
            using var token = new HttpRequestMessage(HttpMethod.Get, Requests.ConfigMaps);
            token.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "nonsense");
            using var unauthorized = await stranger.SendAsync(token);
        }

        var (impersonated, failed) = (Events()[0], Events()[1]);
        Assert.Equal(("ann", "403", "forbid"), (impersonated["impersonatedUser"]!.Text("username"), impersonated["responseStatus"]!.Text("code"), impersonated["annotations"]!.Text("authorization.k8s.io/decision")));
        Assert.NotEqual("ann", impersonated["user"]!.Text("username"));
        Assert.Equal(("ResponseStarted", "401", "Authentication failed, attempted: bearer", "{}"), (failed.Text("stage"), failed["responseStatus"]!.Text("code"), failed["responseStatus"]!.Text("message"), failed["user"]!.ToJsonString()));
    }

    [Fact]
    public async Task The_old_format_is_lines_of_text()
    {
        await using (var server = await StartAsync($"omitStages: [RequestReceived]\nrules: [{{level: Metadata, resources: {OnlyConfigMaps}}}]", log => log with { Format = "legacy" }))
        {
            await server.Admin.SendAsync("GET", Requests.ConfigMaps);
        }

        Assert.Matches(
            """^\S+ AUDIT: id="[0-9a-f-]{36}" stage="ResponseComplete" ip="::1" method="list" user="admin" groups="system:masters","system:authenticated" as="<self>" asgroups=<lookup> user-agent="test" namespace="default" uri="/api/v1/namespaces/default/configmaps" response="200"\n$""",
            await File.ReadAllTextAsync(Log));
    }

    [Fact]
    public async Task A_batch_is_written_at_the_end_at_the_latest_and_events_are_counted()
    {
        var batch = new AuditBatchOptions { MaxBatchSize = 100, MaxBatchWait = TimeSpan.FromHours(1), ThrottleEnable = false };
        await using (var server = await StartAsync($"rules: [{{level: Metadata, resources: {OnlyConfigMaps}}}]", log => log with { Batch = batch }))
        {
            await server.Admin.SendAsync("GET", Requests.ConfigMaps);
            Assert.Equal("", await File.ReadAllTextAsync(Log));
            var metrics = Encoding.UTF8.GetString((await server.Admin.SendAsync(new ApiRequest("GET", "/metrics"), default)).Body.Span);
            Assert.Contains("\napiserver_audit_event_total 2\n", metrics, StringComparison.Ordinal);
            Assert.Contains("\napiserver_audit_level_total{level=\"Metadata\"} 1\n", metrics, StringComparison.Ordinal);
        }

        Assert.Equal(2, Events().Count);
    }

    [Fact]
    public async Task Events_that_are_too_large_lose_their_objects()
    {
        var truncate = new AuditTruncateOptions { Enabled = true, MaxEventSize = 2000, MaxBatchSize = 4000 };
        await using (var server = await StartAsync($"omitStages: [RequestReceived]\nrules: [{{level: Request, resources: {OnlyConfigMaps}}}]", log => log with { Truncate = truncate }))
        {
            await server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata":{"name":"small"}}""");
            await server.Admin.SendAsync("POST", Requests.ConfigMaps, "{\"metadata\":{\"name\":\"large\"},\"data\":{\"k\":\"" + new string('x', 3000) + "\"}}");
        }

        var events = Events();
        Assert.NotNull(events[0]["requestObject"]);
        Assert.Null(events[1]["requestObject"]);
        Assert.Equal("true", events[1]["annotations"]!.Text("audit.k8s.io/truncated"));
    }

    [Theory]
    [InlineData("blocking", 200)]
    [InlineData("blocking-strict", 500)]
    public async Task A_request_that_cannot_be_recorded_is_refused_in_strict_mode_only(string mode, int code)
    {
        await using var server = await StartAsync($"rules: [{{level: Metadata, resources: {OnlyConfigMaps}}}]", log => log with { Path = "/dev/full", Batch = log.Batch with { Mode = mode } });
        var answer = await server.Admin.SendAsync(new ApiRequest("GET", Requests.ConfigMaps), default);
        Assert.Equal(code, answer.StatusCode);
        if (code == 500)
        {
            Assert.Equal("Internal Server Error: \"/api/v1/namespaces/default/configmaps\": failed to store audit event\n", Encoding.UTF8.GetString(answer.Body.Span));
        }
    }

    [Fact]
    public void Settings_that_cannot_be_are_refused()
    {
        var options = new AuditOptions
        {
            Log = new AuditLogOptions { Path = "-", MaxAge = -1, Format = "xml", Batch = new AuditBatchOptions { Mode = "sometimes" } },
            WebhookConfigFile = "x",
            WebhookBatch = new AuditBatchOptions { BufferSize = 0, ThrottleQps = -1 },
        };
        Assert.Equal(
            [
                "invalid audit batch webhook buffer size 0, must be a positive number",
                "invalid audit batch webhook throttle QPS -1, must be a positive number",
                "invalid audit log mode sometimes, allowed modes are \"batch,blocking,blocking-strict\"",
                "--audit-log-maxage -1 can't be a negative number",
                "invalid audit log format xml, allowed formats are \"legacy,json\"",
            ],
            options.Problems());
    }

    private async Task<TestServer> StartAsync(string policy, Func<AuditLogOptions, AuditLogOptions>? change = null)
    {
        var file = Path.Combine(_folder, "policy.yaml");
        await File.WriteAllTextAsync(file, "apiVersion: audit.k8s.io/v1\nkind: Policy\n" + policy);
        var log = new AuditLogOptions { Path = Log };
        return await TestServer.StartAsync(serverOptions: new ApiServerOptions { Audit = new AuditOptions { PolicyFile = file, Log = change?.Invoke(log) ?? log } });
    }

    private List<JsonNode> Events() => [.. File.ReadLines(Log).Select(static line => JsonNode.Parse(line)!)];
}
