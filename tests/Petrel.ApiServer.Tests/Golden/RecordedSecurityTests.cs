using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authorization.Rbac;
using Petrel.ApiServer.Bootstrap;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.ApiServer.InProcess;
using Petrel.ApiServer.Tokens;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Golden;

/// <summary>
/// Plays recordings of a real server against a whole server: who may do what, as seen by users with no, few and all permissions. Status
/// code, error message and the answers of reviews must be the recorded ones.
/// </summary>
public sealed class RecordedSecurityTests : IAsyncLifetime
{
    private const string Namespace = "golden";
    private const string Id = "x1";

    private static readonly string[] Prefixes = ["cluster-authz-", "cluster-node-authz-no", "cluster-node-authz-related", "cluster-authn-token-"];

    private readonly Dictionary<string, string> _saved = new() { ["ns"] = Namespace, ["id"] = Id };
    private TestServer _server = null!;

    // About what makes a role valid, about documents and kinds: not about permissions.
    private static readonly string[] OtherSubjects = ["-validation-", "clusterrolebinding-validation", "unprivileged-openapi", "related-through-pod", "name-mismatch"];

    // These change roles by patches.
    private static readonly string[] NeedPatches = ["escalate-update-role", "subresource-separate", "bind-update-subjects", "authz-resource-names"];

    public static TheoryData<string> Recordings => Recording.ArePresent
        ? [.. Prefixes.SelectMany(static prefix => Recording.Find("cluster", prefix)).Select(static recording => recording.Name).Where(IsPlayed)]
        : Recording.Names("cluster");

    public async Task InitializeAsync()
    {
        // As the recorded server was started.
        _server = await TestServer.StartAsync(new SecurityOptions { Tokens = new TokenOptions { Issuer = "https://kubernetes.default.svc" } });
        await new BootstrapPolicy().RunAsync(_server.Admin, default);
        _server.Server.Bootstrapping.Finish(BootstrapProgress.Roles);
        _server.Server.Bootstrapping.Finish(BootstrapProgress.PriorityClasses);
        _server.Server.Bootstrapping.Finish(BootstrapProgress.FlowControl);
        foreach (var name in new[] { "view", "edit", "admin" })
        {
            var all = await _server.Admin.ListAsync<ClusterRole>(null, new ListOptions(), default);
            var role = all.Items.Single(item => item.Metadata.Name == name);
            await _server.Admin.UpdateAsync(role with { Rules = ClusterRoleAggregation.Gather(role, all.Items) }, default);
        }

        await _server.Admin.CreateAsync(new Petrel.Api.Core.Namespace { Metadata = new ObjectMeta { Name = Namespace } }, default);
        await _server.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = Namespace } }, default);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Users_get_the_recorded_answers(string name)
    {
        foreach (var step in Recording.Find("cluster", name).Where(recording => recording.Name == name).SelectMany(static recording => recording.Steps))
        {
            // The server is not held to what runs beside it: the aggregation controller.
            if (step.Path.Length > 0 && !step.Json.ContainsKey("until"))
            {
                await PlayAsync(step);
            }
        }
    }

    // A changed role counts a moment after it is stored: an answer that depends on it is asked for until it comes.
    private async Task PlayAsync(RecordedStep step)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var (code, body) = await SendAsync(step);
            var difference = Compare(step, code, body);
            if (difference is null)
            {
                foreach (var (key, pointer) in step.Json["save"]?.AsObject() ?? [])
                {
                    _saved[key] = (string)pointer!.GetValue<string>().Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(body!, static (node, part) => node[part]!)!;
                }

                return;
            }

            Assert.True((code == 403 || step.Status == 403 || step.Path.Contains("reviews", StringComparison.Ordinal)) && !deadline.IsCancellationRequested, $"{step.Method} {step.Path}: {difference}");
        }
    }

    private string? Compare(RecordedStep step, int code, JsonNode? body)
    {
        if (code != step.Status)
        {
            return $"recorded {step.Status}, answered {code} {body?["message"]}";
        }

        var wanted = Fill((string?)(step.Answer as JsonObject)?["message"] ?? "");
        if ((string?)(step.Answer as JsonObject)?["kind"] == "Status" && !step.Ignores("/body/message") && wanted != ((string?)body?["message"] ?? ""))
        {
            return $"recorded {wanted}\nanswered {body?["message"]}";
        }

        if (step.Status == 201 && step.Path.Contains("subjectaccessreviews", StringComparison.Ordinal))
        {
            var answer = JsonNode.Parse(Fill(step.Answer!["status"]!.ToJsonString()));
            return JsonNode.DeepEquals(answer, body!["status"]) ? null : $"recorded {answer}\nanswered {body["status"]}";
        }

        var error = (string?)((step.Answer as JsonObject)?["status"] as JsonObject)?["error"];
        return error is null || error == (string?)body?["status"]?["error"] ? null : $"recorded {error}\nanswered {body?["status"]}";
    }

    private async Task<(int Code, JsonNode? Body)> SendAsync(RecordedStep step)
    {
        var query = step.Json["query"]?.AsObject().Select(static pair => $"{pair.Key}={Uri.EscapeDataString((string)pair.Value!)}") ?? [];
        var context = new DefaultHttpContext();
        context.Features.Set(new InProcessUser(TestServer.Administrator));
        (context.Request.Method, context.Request.Path) = (step.Method, Fill(step.Path));
        context.Request.QueryString = new QueryString(Fill($"?{string.Join('&', query)}"));
        foreach (var (header, value) in step.Json["headers"]?.AsObject() ?? [])
        {
            context.Request.Headers.Append(header, Fill((string)value!));
        }

        if (step.Body is not null)
        {
            var body = Encoding.UTF8.GetBytes(Fill(step.Body.ToJsonString()));
            (context.Request.Body, context.Request.ContentLength, context.Request.ContentType) =
                (new MemoryStream(body), body.Length, (string?)step.Json["type"] ?? "application/json");
        }

        var answer = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        await _server.Server.HandleAsync(context);
        var text = Encoding.UTF8.GetString(answer.ToArray());
        return (context.Response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null);
    }

    private static bool IsPlayed(string name) =>
        !OtherSubjects.Any(subject => name.Contains(subject, StringComparison.Ordinal)) && (name.EndsWith("-create", StringComparison.Ordinal) || !NeedPatches.Any(name.Contains));

    private string Fill(string text) => _saved.Aggregate(text, static (filled, pair) => filled.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));
}
