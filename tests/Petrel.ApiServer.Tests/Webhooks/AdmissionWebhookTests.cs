using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Petrel.ApiServer.Tests.Webhooks;

public sealed class AdmissionWebhookTests : IAsyncLifetime
{
    private const string Group = "/apis/admissionregistration.k8s.io/v1/";
    private const string ConfigMapRule = """{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE", "DELETE"], "resources": ["configmaps"]}""";

    private TestServer? _server;
    private WebhookServer? _hook;

    private TestServer Server => _server!;

    private WebhookServer Hook => _hook!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _hook = await WebhookServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        await Hook.DisposeAsync();
    }

    [Fact]
    public async Task A_validating_webhook_that_says_no_refuses_with_its_own_words()
    {
        Hook.Answer("/no", """{"allowed": false, "status": {"code": 418, "reason": "Teapot", "message": "no coffee"}}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/no"));
        var (code, body) = await InForceAsync(() => CreateAsync("x"));
        Assert.Equal((418, "Teapot", "admission webhook \"a.example.com\" denied the request: no coffee"), (code, body.Text("reason"), body.Text("message")));
    }

    [Fact]
    public async Task A_refusal_without_words_is_a_bad_request()
    {
        Hook.Answer("/no", """{"allowed": false}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/no"));
        var (code, body) = await InForceAsync(() => CreateAsync("x"));
        Assert.Equal((400, "admission webhook \"a.example.com\" denied the request without explanation"), (code, body.Text("message")));
    }

    [Fact]
    public async Task The_question_says_who_does_what_to_which_object()
    {
        Hook.Answer("/yes", """{"allowed": true, "warnings": ["careful"]}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/yes"));
        await AskedAsync(() => Server.Admin.SendAsync("POST", Requests.ConfigMaps + "?fieldManager=m&fieldValidation=Strict", """{"metadata": {"name": "x"}, "data": {"k": "v"}}"""), "DELETE", "x");
        var request = Hook.Questions.Last(question => question.Review.Text("request", "operation") == "CREATE").Review["request"]!;
        Assert.Equal("admin", request.Text("userInfo", "username"));
        Assert.Equal(("x", "default", "false"), (request.Text("name"), request.Text("namespace"), request.Text("dryRun")));
        Assert.Equal("""{"group":"","version":"v1","kind":"ConfigMap"}""", request["kind"]!.ToJsonString());
        Assert.Equal("""{"group":"","version":"v1","resource":"configmaps"}""", request["requestResource"]!.ToJsonString());
        Assert.Equal("""{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1","fieldManager":"m","fieldValidation":"Strict"}""", request["options"]!.ToJsonString());
        Assert.Equal("v", request.Text("object", "data", "k"));
        Assert.Null(request["oldObject"]);
    }

    [Fact]
    public async Task Updates_show_both_objects_and_deletes_the_old_one()
    {
        await CreateAsync("x");
        Hook.Answer("/yes", """{"allowed": true}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/yes"));
        Task<(int Code, JsonNode Body)> PatchAsync(string options) =>
            Server.Admin.SendAsync("PATCH", Requests.ConfigMaps + "/x" + options, """{"data": {"k": "w"}}""", "application/merge-patch+json");
        await AskedAsync(() => PatchAsync("?dryRun=All"), null, "x");
        await PatchAsync("");
        var update = Hook.Questions.Last().Review["request"]!;
        Assert.Equal(("UPDATE", "w", "v"), (update.Text("operation"), update.Text("object", "data", "k"), update.Text("oldObject", "data", "k")));
        Assert.Equal("UpdateOptions", update.Text("options", "kind"));
        await Server.Admin.SendAsync("DELETE", Requests.ConfigMaps + "/x", """{"propagationPolicy": "Background"}""");
        var delete = Hook.Questions.Last().Review["request"]!;
        Assert.Equal(("DELETE", "x"), (delete.Text("operation"), delete.Text("oldObject", "metadata", "name")));
        Assert.Null(delete["object"]);
        Assert.Equal("""{"kind":"DeleteOptions","apiVersion":"meta.k8s.io/v1","propagationPolicy":"Background"}""", delete["options"]!.ToJsonString());
    }

    [Fact]
    public async Task Mutating_webhooks_change_the_object_in_order_and_defaults_are_filled_in()
    {
        Hook.Patch("/one", """[{"op": "add", "path": "/data/one", "value": "1"}]""");
        Hook.Patch("/two", """[{"op": "copy", "from": "/data/one", "path": "/data/two"}]""");
        await MutatingAsync("a", Webhook("a.example.com", "/one"), Webhook("b.example.com", "/two"));
        await InForceAsync(() => CreateAsync("y", dryRun: true), static body => body.Text("data", "two") == "1");
        Assert.Equal("""{"k":"v","one":"1","two":"1"}""", (await CreateAsync("x")).Body["data"]!.ToJsonString());
    }

    [Fact]
    public async Task A_webhook_that_wants_to_sees_what_later_ones_changed()
    {
        Hook.Answer("/watch", """{"allowed": true}""");
        Hook.Answer("/once", """{"allowed": true}""");
        Hook.Patch("/change", """[{"op": "add", "path": "/data/changed", "value": "1"}]""");
        await MutatingAsync("a", Webhook("a.example.com", "/watch", """, "reinvocationPolicy": "IfNeeded" """), Webhook("b.example.com", "/once"), Webhook("c.example.com", "/change"));
        await InForceAsync(() => CreateAsync("y", dryRun: true), static body => body.Text("data", "changed") == "1");
        Hook.Questions.Clear();
        await CreateAsync("x");
        Assert.Equal(["/watch", "/once", "/change", "/watch"], Hook.Questions.Select(static question => question.Path));
        Assert.Equal("1", Hook.Questions.Last().Review.Text("request", "object", "data", "changed"));
    }

    [Theory]
    [InlineData("""{"allowed": true, "uid": "other"}""", "received invalid webhook response: expected response.uid=\"")]
    [InlineData("""{"allowed": true, "patchType": "JSONPatch"}""", "received invalid webhook response: webhook returned response.patchType but not response.patch")]
    [InlineData("""{"allowed": true, "patch": "W10="}""", "received invalid webhook response: webhook returned response.patch but not response.patchType")]
    public async Task Answers_that_do_not_fit_are_errors(string response, string problem)
    {
        Hook.Answer("/bad", response);
        await MutatingAsync("a", Webhook("a.example.com", "/bad"));
        var (code, body) = await InForceAsync(() => CreateAsync("x"));
        Assert.Equal((500, "InternalError"), (code, body.Text("reason")));
        Assert.StartsWith("Internal error occurred: failed calling webhook \"a.example.com\": " + problem, body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_validating_webhook_must_not_change_anything()
    {
        Hook.Patch("/patch", """[{"op": "add", "path": "/data/one", "value": "1"}]""");
        await ValidatingAsync("a", Webhook("a.example.com", "/patch"));
        Assert.EndsWith("validating webhook may not return response.patch", (await InForceAsync(() => CreateAsync("x"))).Body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_patch_that_does_not_fit_is_an_error_and_says_where()
    {
        Hook.Patch("/patch", """[{"op": "replace", "path": "/data/none", "value": "1"}, {"op": "remove", "path": "/nowhere/x"}]""");
        await MutatingAsync("a", Webhook("a.example.com", "/patch"));
        var (code, body) = await InForceAsync(() => CreateAsync("x"));
        Assert.Equal((500, "Internal error occurred: remove operation does not apply: doc is missing path: \"/nowhere/x\": missing value"), (code, body.Text("message")));
    }

    [Fact]
    public async Task A_delete_cannot_be_changed()
    {
        await CreateAsync("x");
        Hook.Patch("/patch", """[{"op": "add", "path": "/data", "value": {}}]""");
        await MutatingAsync("a", Webhook("a.example.com", "/patch").Replace("\"CREATE\", \"UPDATE\", ", "", StringComparison.Ordinal));
        var (code, body) = await InForceAsync(() => Server.Admin.SendAsync("DELETE", Requests.ConfigMaps + "/x?dryRun=All"));
        Assert.Equal((500, "Internal error occurred: admission webhook \"a.example.com\" attempted to modify the object, which is not supported for this operation"), (code, body.Text("message")));
    }

    [Fact]
    public async Task A_webhook_that_is_not_there_refuses_unless_it_does_not_insist()
    {
        Hook.Answer("/yes", """{"allowed": true}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/x").Replace(Hook.Address, "https://127.0.0.1:1", StringComparison.Ordinal));
        var (code, body) = await InForceAsync(() => CreateAsync("x"));
        Assert.Equal(500, code);
        Assert.Equal(
            "Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: Post \"https://127.0.0.1:1/x?timeout=10s\": dial tcp 127.0.0.1:1: connect: connection refused",
            body.Text("message"));
        await Server.Admin.SendAsync("DELETE", Group + "validatingwebhookconfigurations/a");
        await Until(async () => (await CreateAsync("y", dryRun: true)).Code == 201);
        await ValidatingAsync(
            "b",
            Webhook("a.example.com", "/x", """, "failurePolicy": "Ignore" """).Replace(Hook.Address, "https://127.0.0.1:1", StringComparison.Ordinal),
            Webhook("b.example.com", "/yes"));
        await AskedAsync(() => CreateAsync("z"), "DELETE", "z");
    }

    [Fact]
    public async Task Time_is_limited()
    {
        Hook.Serve("/slow", static (context, _) => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted));
        await ValidatingAsync("a", Webhook("a.example.com", "/slow", """, "timeoutSeconds": 1 """));
        Assert.EndsWith($"Post \"{Hook.Address}/slow?timeout=1s\": context deadline exceeded", (await InForceAsync(() => CreateAsync("x"))).Body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_error_is_told()
    {
        Hook.Serve("/500", static (context, _) =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("oh no\n");
        });
        await ValidatingAsync("a", Webhook("a.example.com", "/500"));
        Assert.EndsWith("failed to call webhook: an error on the server (\"oh no\") has prevented the request from succeeding", (await InForceAsync(() => CreateAsync("x"))).Body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_are_not_followed()
    {
        Hook.Serve("/moved", (context, _) =>
        {
            context.Response.Redirect(Hook.Address + "/yes");
            return Task.CompletedTask;
        });
        await ValidatingAsync("a", Webhook("a.example.com", "/moved"));
        Assert.EndsWith("the server responded with the status code 302 but did not return more information", (await InForceAsync(() => CreateAsync("x"))).Body.Text("message"), StringComparison.Ordinal);
        Assert.All(Hook.Questions, static question => Assert.Equal("/moved", question.Path));
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_not_believed()
    {
        await ValidatingAsync("a", Webhook("a.example.com", "/x").Replace(WebhookServer.CaBundle, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(TestServer.Pki.Authority.CertificatePem)), StringComparison.Ordinal));
        Assert.EndsWith("tls: failed to verify certificate: x509: certificate signed by unknown authority", (await InForceAsync(() => CreateAsync("x"))).Body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dry_runs_are_told_from_others()
    {
        Hook.Answer("/yes", """{"allowed": true}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/yes"));
        await AskedAsync(() => CreateAsync("x", dryRun: true), null, "x");
        Assert.Equal("true", Hook.Questions.Last().Review.Text("request", "dryRun"));
    }

    [Fact]
    public async Task A_service_is_reached_by_its_address_and_must_have_its_name()
    {
        Hook.Answer("/yes", """{"allowed": false, "status": {"message": "by service"}}""");
        var service = $$"""{"service": {"namespace": "default", "name": "hook", "path": "/yes", "port": {{Hook.Port}}}, "caBundle": "{{WebhookServer.CaBundle}}"}""";
        await ValidatingAsync("a", $$"""{"name": "a.example.com", "clientConfig": {{service}}, "rules": [{{ConfigMapRule}}], "sideEffects": "None", "admissionReviewVersions": ["v1"]}""");
        var (_, body) = await InForceAsync(() => CreateAsync("x"));
        Assert.Equal(
            $"Internal error occurred: failed calling webhook \"a.example.com\": failed to call webhook: Post \"https://hook.default.svc:{Hook.Port}/yes?timeout=10s\": service \"hook\" not found",
            body.Text("message"));
        await Server.Admin.SendAsync("POST", "/api/v1/namespaces/default/services", $$"""{"metadata": {"name": "hook"}, "spec": {"type": "ExternalName", "externalName": "localhost", "ports": [{"port": {{Hook.Port}} }]} }""");
        Assert.Equal("admission webhook \"a.example.com\" denied the request: by service", (await CreateAsync("x")).Body.Text("message"));
    }

    [Fact]
    public async Task The_older_review_is_spoken_to_those_who_prefer_it()
    {
        Hook.Answer("/old", """{"allowed": false, "uid": "", "status": {"message": "old"}}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/old").Replace("\"v1\"], \"sideEffects\"", "\"v2\", \"v1beta1\", \"v1\"], \"sideEffects\"", StringComparison.Ordinal));
        Assert.Equal("admission webhook \"a.example.com\" denied the request: old", (await InForceAsync(() => CreateAsync("x"))).Body.Text("message"));
        Assert.Equal("admission.k8s.io/v1beta1", Hook.Questions.Last().Review.Text("apiVersion"));
    }

    [Fact]
    public async Task Selectors_and_conditions_decide_who_is_asked()
    {
        Hook.Answer("/no", """{"allowed": false, "status": {"message": "no"}}""");
        await ValidatingAsync(
            "a",
            Webhook("a.example.com", "/no", """, "objectSelector": {"matchLabels": {"checked": "yes"}}, "matchConditions": [{"name": "c", "expression": "object.metadata.name != 'free' && authorizer.requestResource.check('create').allowed()"}] """));
        await InForceAsync(() => CreateAsync("x", labels: """{"checked": "yes"}"""));
        Assert.Equal(201, (await CreateAsync("x")).Code);
        Assert.Equal(201, (await CreateAsync("free", labels: """{"checked": "yes"}""")).Code);
    }

    [Fact]
    public async Task A_condition_that_fails_forbids_the_request()
    {
        Hook.Answer("/yes", """{"allowed": true}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/yes", """, "matchConditions": [{"name": "c", "expression": "object.data.missing == 'x'"}] """));
        var (code, body) = await InForceAsync(() => CreateAsync("x"));
        Assert.Equal((403, "configmaps \"x\" is forbidden: expression 'object.data.missing == 'x'' resulted in error: no such key: missing"), (code, body.Text("message")));
        Assert.Empty(Hook.Questions);
    }

    [Fact]
    public async Task Another_version_of_the_same_objects_is_converted_for_the_webhook()
    {
        Hook.Answer("/no", """{"allowed": false, "status": {"message": "no"}}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/no").Replace(ConfigMapRule, """{"apiGroups": ["autoscaling"], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["horizontalpodautoscalers"]}""", StringComparison.Ordinal));
        const string Autoscaler = """
            {"metadata": {"name": "h"}, "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "d"}, "maxReplicas": 3,
              "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50}}}]}}
            """;
        await InForceAsync(() => Server.Admin.SendAsync("POST", "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers?dryRun=All", Autoscaler));
        var request = Hook.Questions.Last().Review["request"]!;
        Assert.Equal(("v1", "v2", "50"), (request.Text("kind", "version"), request.Text("requestKind", "version"), request.Text("object", "spec", "targetCPUUtilizationPercentage")));
    }

    [Fact]
    public async Task No_webhook_sees_the_kinds_that_configure_admission()
    {
        Hook.Answer("/no", """{"allowed": false, "status": {"message": "no"}}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/no").Replace(ConfigMapRule, """{"apiGroups": ["*"], "apiVersions": ["*"], "operations": ["*"], "resources": ["*/*"]}""", StringComparison.Ordinal));
        await InForceAsync(() => CreateAsync("x"));
        Assert.Equal(200, (await Server.Admin.SendAsync("DELETE", Group + "validatingwebhookconfigurations/a")).Code);
        await Until(async () => (await CreateAsync("x", dryRun: true)).Code == 201);
    }

    [Fact]
    public async Task Reviews_of_access_are_seen_and_can_be_refused()
    {
        Hook.Answer("/no", """{"allowed": false, "status": {"message": "no"}}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/no").Replace(ConfigMapRule, """{"apiGroups": ["authorization.k8s.io"], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["selfsubjectaccessreviews"]}""", StringComparison.Ordinal));
        var (_, body) = await InForceAsync(() => Server.Admin.SendAsync(
            "POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", """{"spec": {"resourceAttributes": {"verb": "get", "resource": "pods"}}}"""));
        Assert.Equal("admission webhook \"a.example.com\" denied the request: no", body.Text("message"));
    }

    [Theory]
    [InlineData("POST", "/binding", """{"metadata": {"name": "p"}, "target": {"kind": "Node", "name": "n"}}""", "CREATE", "Binding")]
    [InlineData("POST", "/eviction", """{"metadata": {"name": "p"}}""", "CREATE", "Eviction")]
    [InlineData("GET", "/exec?command=ls&command=-l&stdout=true", "", "CONNECT", "PodExecOptions")]
    [InlineData("GET", "/attach?stdin=true", "", "CONNECT", "PodAttachOptions")]
    [InlineData("GET", "/portforward?ports=80", "", "CONNECT", "PodPortForwardOptions")]
    [InlineData("GET", "/proxy/x", "", "CONNECT", "PodProxyOptions")]
    public async Task Subresources_are_seen_with_their_own_kinds(string method, string path, string body, string operation, string kind)
    {
        await Server.Admin.SendAsync("POST", "/api/v1/namespaces/default/serviceaccounts", """{"metadata": {"name": "default"}}""");
        await Server.Admin.SendAsync("POST", "/api/v1/namespaces/default/pods", """{"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}""");
        Hook.Answer("/no", """{"allowed": false, "status": {"message": "no"}}""");
        await ValidatingAsync("a", Webhook("a.example.com", "/no").Replace(ConfigMapRule, """{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "CONNECT"], "resources": ["pods/*"]}""", StringComparison.Ordinal));
        await InForceAsync(() => Server.Admin.SendAsync(method, "/api/v1/namespaces/default/pods/p" + path, body), static answer => answer.Text("message").EndsWith("denied the request: no", StringComparison.Ordinal));
        var request = Hook.Questions.Last().Review["request"]!;
        Assert.Equal((operation, kind, kind, "p"), (request.Text("operation"), request.Text("kind", "kind"), request.Text("object", "kind"), request.Text("name")));
        if (kind == "PodExecOptions")
        {
            Assert.Equal("""{"kind":"PodExecOptions","apiVersion":"v1","stdout":true,"command":["ls","-l"]}""", request["object"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Scales_are_seen_and_changed_as_scales()
    {
        await Server.Admin.SendAsync("POST", "/apis/apps/v1/namespaces/default/deployments", """
            {"metadata": {"name": "d"}, "spec": {"replicas": 1, "selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}}}
            """);
        Hook.Patch("/seven", """[{"op": "replace", "path": "/spec/replicas", "value": 7}]""");
        await MutatingAsync("a", Webhook("a.example.com", "/seven").Replace(ConfigMapRule, """{"apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["UPDATE"], "resources": ["deployments/scale"]}""", StringComparison.Ordinal));
        await InForceAsync(
            () => Server.Admin.SendAsync("PATCH", "/apis/apps/v1/namespaces/default/deployments/d/scale", """{"spec": {"replicas": 2}}""", "application/merge-patch+json"),
            static body => body.Text("spec", "replicas") == "7");
        var request = Hook.Questions.Last().Review["request"]!;
        Assert.Equal(("Scale", "2"), (request.Text("kind", "kind"), request.Text("object", "spec", "replicas")));
        Assert.Equal("Scale", request.Text("oldObject", "kind"));
    }

    private string Webhook(string name, string path, string more = "") =>
        $$"""{"name": "{{name}}", "clientConfig": {"url": "{{Hook.Address}}{{path}}", "caBundle": "{{WebhookServer.CaBundle}}"}, "rules": [{{ConfigMapRule}}], "admissionReviewVersions": ["v1"], "sideEffects": "None"{{more}}}""";

    private Task ValidatingAsync(string name, params string[] webhooks) => ConfigureAsync("validatingwebhookconfigurations", name, webhooks);

    private Task MutatingAsync(string name, params string[] webhooks) => ConfigureAsync("mutatingwebhookconfigurations", name, webhooks);

    private async Task ConfigureAsync(string resource, string name, string[] webhooks)
    {
        var (code, body) = await Server.Admin.SendAsync("POST", Group + resource, $$"""{"metadata": {"name": "{{name}}"}, "webhooks": [{{string.Join(", ", webhooks)}}]}""");
        Assert.True(code == 201, body.ToString());
    }

    private Task<(int Code, JsonNode Body)> CreateAsync(string name, string labels = "null", bool dryRun = false) =>
        Server.Admin.SendAsync("POST", Requests.ConfigMaps + (dryRun ? "?dryRun=All" : ""), $$"""{"metadata": {"name": "{{name}}", "labels": {{labels}} }, "data": {"k": "v"} }""");

    // Webhooks come into force a moment after they are stored. What passes before is removed again, so that it can be tried anew.
    private async Task<(int Code, JsonNode Body)> InForceAsync(Func<Task<(int Code, JsonNode Body)>> send, Func<JsonNode, bool>? isInForce = null)
    {
        (int Code, JsonNode Body) answer = (0, new JsonObject());
        await Until(async () =>
        {
            answer = await send();
            var isDone = isInForce is null ? answer.Code >= 400 && answer.Body.Text("reason") != "AlreadyExists" : isInForce(answer.Body);
            if (!isDone && answer.Body.Text("kind") == "ConfigMap" && answer.Body.Text("metadata", "resourceVersion").Length > 0)
            {
                await Server.Admin.SendAsync("DELETE", $"{Requests.ConfigMaps}/{answer.Body.Text("metadata", "name")}");
            }

            return isDone;
        });
        return answer;
    }

    // Sends until the webhook has been asked.
    private async Task AskedAsync(Func<Task<(int Code, JsonNode Body)>> send, string? undo, string name) => await Until(async () =>
    {
        var count = Hook.Questions.Count;
        var (code, body) = await send();
        Assert.True(code < 400, body.ToString());
        if (Hook.Questions.Count == count && undo is not null)
        {
            await Server.Admin.SendAsync(undo, $"{Requests.ConfigMaps}/{name}");
        }

        return Hook.Questions.Count > count;
    });

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
