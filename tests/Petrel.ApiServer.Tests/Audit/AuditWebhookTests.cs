using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Audit;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Tests.Webhooks;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Audit;

/// <summary>Audit events that are sent to another server.</summary>
public sealed class AuditWebhookTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("petrel-audit-").FullName;
    private WebhookServer _webhook = null!;

    public async Task InitializeAsync() => _webhook = await WebhookServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _webhook.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task They_come_in_lists_and_are_sent_again_when_that_may_help()
    {
        var codes = new Queue<int>([503, 200]);
        _webhook.Serve("/audit", (context, _) =>
        {
            context.Response.StatusCode = codes.TryDequeue(out var code) ? code : 200;
            return Task.CompletedTask;
        });
        await using (var server = await StartAsync(new AuditBatchOptions { MaxBatchWait = TimeSpan.FromMilliseconds(50) }))
        {
            await server.Admin.SendAsync("GET", Requests.ConfigMaps);
            await WaitAsync(() => _webhook.Questions.Count >= 2);
        }

        var lists = _webhook.Questions.Select(static each => each.Review).ToList();
        Assert.Equal(("EventList", "audit.k8s.io/v1"), (lists[0].Text("kind"), lists[0].Text("apiVersion")));
        Assert.True(JsonNode.DeepEquals(lists[0], lists[1]));
        Assert.Equal(["RequestReceived", "ResponseComplete"], lists[0]["items"]!.AsArray().Select(static each => each!.Text("stage")));
    }

    [Theory]
    [InlineData("blocking", 200)]
    [InlineData("blocking-strict", 500)]
    public async Task What_is_refused_is_lost_and_counted(string mode, int code)
    {
        _webhook.Serve("/audit", static (context, _) =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        await using var server = await StartAsync(new AuditBatchOptions { Mode = mode });
        Assert.Equal(code, (await server.Admin.SendAsync(new ApiRequest("GET", Requests.ConfigMaps), default)).StatusCode);
        var metrics = Encoding.UTF8.GetString((await server.Admin.SendAsync(new ApiRequest("GET", "/metrics"), default)).Body.Span);
        Assert.Contains($"\napiserver_audit_error_total{{plugin=\"webhook\"}} {(code == 200 ? 2 : 1)}\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"\napiserver_audit_requests_rejected_total {(code == 200 ? 0 : 1)}\n", metrics, StringComparison.Ordinal);
    }

    private static async Task WaitAsync(Func<bool> holds)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!holds())
        {
            Assert.False(timeout.IsCancellationRequested);
            await Task.Yield();
        }
    }

    private async Task<TestServer> StartAsync(AuditBatchOptions batch)
    {
        var (policy, kubeconfig) = (Path.Combine(_folder, "policy.yaml"), Path.Combine(_folder, "kubeconfig"));
        await File.WriteAllTextAsync(policy, "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata, resources: [{group: \"\", resources: [configmaps]}]}]");
        await File.WriteAllTextAsync(kubeconfig, $$$"""
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "{{{_webhook.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}}}/audit", certificate-authority-data: "{{{WebhookServer.CaBundle}}}"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """);
        var audit = new AuditOptions { PolicyFile = policy, WebhookConfigFile = kubeconfig, WebhookBatch = batch, WebhookInitialBackoff = TimeSpan.FromMilliseconds(10) };
        return await TestServer.StartAsync(serverOptions: new ApiServerOptions { Audit = audit });
    }
}
