using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.InProcess;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Golden;

/// <summary>
/// Plays recordings of a real server's writes: bodies, patches, applies, deletes and their refusals. Code and whole body must be the
/// recorded ones, but for what no two servers have in common (uids, times, versions, addresses).
/// </summary>
public sealed partial class RecordedWritesTests : IAsyncLifetime
{
    private const string Namespace = "ns-golden";
    private const string Id = "idgolden";

    private static readonly string[] RestPrefixes =
    [
        "create-", "update-", "delete-", "deletecollection-", "dryrun-", "scale-", "binding-", "yaml-", "fieldvalidation-", "url-", "partial-", "page-continue", "status-", "table-errors", "table-v1beta1", "secret-", "protobuf-", "labels-",
    ];

    private static readonly string[] PatchPrefixes = ["apply-", "json-", "merge-", "strategic-", "managed-", "manager-", "query-", "scale-", "status-"];

    // What these are about is not served, or cannot be compared.
    private static readonly string[] NotServed =
    [
        // Wrong types in strategic merge patches are worded by another decoder upstream.
        "patch-strategic-int-or-string",

        // Shows how the recorded body was spaced, and by whom the recorded namespace was made.
        "rest-create-wrong-apiversion", "rest-dryrun-namespace",
    ];

    private readonly Dictionary<string, string> _saved = new() { ["ns"] = Namespace, ["id"] = Id };
    private readonly SetClock _clock = new();
    private TestServer _server = null!;

    public static TheoryData<string> Recordings => Recording.ArePresent
        ? [.. Find("rest", RestPrefixes).Concat(Find("patch", PatchPrefixes)).Where(IsPlayed).Select(static recording => recording.Name)]
        : Recording.Names("rest");

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(time: _clock);
        await _server.Admin.CreateAsync(new Petrel.Api.Core.Namespace { Metadata = new ObjectMeta { Name = Namespace } }, default);
        await _server.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = Namespace } }, default);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Writes_get_the_recorded_answers(string name)
    {
        var number = 0;
        foreach (var step in Recording.Find(name.Split('-')[0], name).Where(recording => recording.Name == name).SelectMany(static recording => recording.Steps))
        {
            if (step.Method == "SLEEP")
            {
                _clock.Advance(TimeSpan.FromSeconds((double)step.Json["seconds"]!));
            }
            else
            {
                await PlayAsync(step, number);
            }

            number++;
        }
    }

    private async Task PlayAsync(RecordedStep step, int number)
    {
        var (code, contentType, body) = await SendAsync(step);
        foreach (var (key, pointer) in step.Json["save"]?.AsObject() ?? [])
        {
            _saved[key] = (string)pointer!.GetValue<string>().Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(body!, static (node, part) => node[part]!)!;
        }

        var ignored = (step.Json["ignore"] as JsonArray ?? []).Select(static item => ((string)item!).Split('/')).ToList();
        var differences = new List<string>();
        Compare(step.Json["want"]!["status"], JsonValue.Create(code), "/status", ignored, differences);
        Compare(step.Json["want"]!["type"], JsonValue.Create(contentType), "/type", ignored, differences);
        Compare(step.Answer, Normalize(body, ""), "/body", ignored, differences);
        Assert.True(differences.Count == 0, $"step {number} {step.Method} {step.Path}:\n{string.Join('\n', differences.Take(8))}");
    }

    private async Task<(int Code, string ContentType, JsonNode? Body)> SendAsync(RecordedStep step)
    {
        var query = step.Json["query"]?.AsObject().SelectMany(static pair => pair.Value is JsonArray list ? list.Select(item => (pair.Key, item)) : [(pair.Key, pair.Value)])
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(Fill(pair.Item2!.ToString()))}") ?? [];
        var context = new DefaultHttpContext();
        context.Features.Set(new InProcessUser(TestServer.Administrator));
        (context.Request.Method, context.Request.Path) = (step.Method, PathString.FromUriComponent(Fill(step.Path)));
        context.Request.QueryString = new QueryString($"?{string.Join('&', query)}");
        context.Request.Headers.Accept = "application/json";
        foreach (var (header, value) in step.Json["headers"]?.AsObject() ?? [])
        {
            context.Request.Headers[header] = Fill((string)value!);
        }

        if (((string?)step.Json["raw"] ?? step.Body?.ToJsonString()) is { } text)
        {
            var body = Encoding.UTF8.GetBytes(Fill(text));
            (context.Request.Body, context.Request.ContentLength) = (new MemoryStream(body), body.Length);
            context.Request.ContentType ??= (string?)step.Json["type"] ?? "application/json";
        }

        var answer = new MemoryStream();
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        await _server.Server.HandleAsync(context);
        var written = Encoding.UTF8.GetString(answer.ToArray());
        return (context.Response.StatusCode, (context.Response.ContentType ?? "").Split(';')[0], written.StartsWith('{') ? JsonNode.Parse(written) : JsonValue.Create(written));
    }

    private static IEnumerable<Recording> Find(string area, IEnumerable<string> prefixes) => prefixes.SelectMany(prefix => Recording.Find(area, $"{area}-{prefix}"));

    /// <summary>Only what consists of requests to kinds that are declared.</summary>
    private static bool IsPlayed(Recording recording) => !NotServed.Contains(recording.Name) && recording.Steps.All(static step =>
        step.Method == "SLEEP" || (step.Method is not ("WATCH" or "KUBECTL") && !step.Json.ContainsKey("until") && IsServed(step)));

    // What is not found at all needs no kind; an object of a kind that is not found does.
    private static bool IsServed(RecordedStep step) => (step.Status == 404 && (step.Answer is not JsonObject answer || answer["details"]?["kind"] is null)) || (ResourcePath().Match(step.Path) is var match
        && (!match.Success || AllResources.List.Any(type => type.Info.Resource == match.Groups["resource"].Value && type.Info.Group == match.Groups["group"].Value)));

    private static void Compare(JsonNode? want, JsonNode? got, string path, List<string[]> ignored, List<string> differences)
    {
        var parts = path.Split('/');
        if (ignored.Any(pattern => pattern.Length <= parts.Length && pattern.Zip(parts).All(static pair => pair.First == "*" || pair.First == pair.Second)))
        {
            return;
        }

        switch (want, got)
        {
            case (JsonObject wanted, JsonObject given):
                foreach (var name in wanted.Select(static pair => pair.Key).Union(given.Select(static pair => pair.Key)))
                {
                    var below = path + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
                    if (wanted.ContainsKey(name) && given.ContainsKey(name))
                    {
                        Compare(wanted[name], given[name], below, ignored, differences);
                    }
                    else
                    {
                        Compare(wanted.ContainsKey(name) ? wanted[name] ?? "null" : "(absent)", given.ContainsKey(name) ? given[name] ?? "null" : "(absent)", below, ignored, differences);
                    }
                }

                break;
            case (JsonArray wanted, JsonArray given) when wanted.Count == given.Count:
                for (var i = 0; i < wanted.Count; i++)
                {
                    Compare(wanted[i], given[i], path + "/" + i.ToString(CultureInfo.InvariantCulture), ignored, differences);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(want, got))
                {
                    differences.Add($"{path}: recorded {want?.ToJsonString()}, answered {got?.ToJsonString()}");
                }

                break;
        }
    }

    private JsonNode? Normalize(JsonNode? value, string key)
    {
        string? mark = key switch
        {
            "resourceVersion" => "{rv}",
            "continue" => "{continue}",
            "nodePort" => "{nodePort}",
            "token" => "{token}",
            _ => null,
        };
        if (mark is not null && value is JsonValue && value.ToString() is not ("" or "0"))
        {
            return mark;
        }

        switch (value)
        {
            case JsonObject map:
                var normal = new JsonObject(map.Select(pair => KeyValuePair.Create(NormalizeText(pair.Key), Normalize(pair.Value, pair.Key))));
                if (normal["generateName"] is { } prefix && normal["name"] is { } name && name.ToString().StartsWith(prefix.ToString(), StringComparison.Ordinal))
                {
                    normal["name"] = prefix + "{suffix}";
                }

                return normal;
            case JsonArray list:
                return new JsonArray([.. list.Select(item => Normalize(item, key))]);
            case JsonValue text when text.TryGetValue<string>(out var written):
                return NormalizeText(written);
            default:
                return value?.DeepClone();
        }
    }

    private static string NormalizeText(string text) =>
        Address().Replace(Time().Replace(Uuid().Replace(text.Replace(Namespace, "{ns}", StringComparison.Ordinal).Replace(Id, "{id}", StringComparison.Ordinal), "{uuid}"), "{time}"), "{ip}");

    private string Fill(string text) => _saved.Aggregate(text, static (filled, pair) => filled.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));

    [GeneratedRegex("^/(api/v1|apis/(?<group>[^/]+)/[^/]+)(/namespaces/[^/]+)?/(?<resource>[a-z]+)")]
    private static partial Regex ResourcePath();

    [GeneratedRegex(@"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b(10\.(?:\d{1,3}\.){2}\d{1,3})\b")]
    private static partial Regex Address();
}
