using System.Text;
using Petrel.Api.FieldManagement;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Api.Patch;
using Petrel.Api.Yaml;

namespace Petrel.Api.Tests.FieldManagement;

/// <summary>Plays recorded sequences of writes to one object and compares the managers, and the conflicts, after each.</summary>
public sealed class RecordedScenariosTests
{
    [SharedTheory("reference/golden/patch")]
    [InlineData("apply-create")]
    [InlineData("apply-labels-annotations")]
    [InlineData("apply-remove-all-fields")]
    [InlineData("apply-remove-coowned-field")]
    [InlineData("apply-remove-field")]
    [InlineData("apply-set-duplicate")]
    [InlineData("apply-set-order")]
    [InlineData("apply-special-characters-in-keys")]
    [InlineData("apply-managed-fields-forbidden")]
    [InlineData("apply-then-update-other-field")]
    [InlineData("apply-then-update-removes-field")]
    [InlineData("apply-then-update-takes-field")]
    [InlineData("apply-dry-run")]
    [InlineData("apply-wrong-type")]
    [InlineData("apply-wrong-group-version")]
    [InlineData("apply-service-ports")]
    [InlineData("apply-atomic-selector")]
    [InlineData("apply-rbac-lists")]
    [InlineData("apply-status-at-main-resource")]
    [InlineData("managed-fields-before-first-apply")]
    [InlineData("managed-fields-many-appliers")]
    [InlineData("managed-fields-noop-update-no-entry")]
    [InlineData("managed-fields-null-kept")]
    [InlineData("managed-fields-on-create")]
    [InlineData("managed-fields-post-put")]
    [InlineData("managed-fields-reset-json-patch")]
    [InlineData("managed-fields-written-by-client")]
    public async Task Managers_are_those_recorded(string name)
    {
        var objects = new Dictionary<string, (JsonMap Value, ApiList<ManagedFieldsEntry> Managers)>(StringComparer.Ordinal);
        var now = Recording.Now;
        var compared = 0;
        foreach (var step in Recording.Steps(SharedData.Path($"reference/golden/patch/patch-{name}.json")))
        {
            now = now.AddSeconds(1);
            if (step.FindText("path") is not { } path || step.FindText("do") is not ("POST" or "PUT" or "PATCH") || Recording.Resolve(path) is not { } resource)
            {
                continue;
            }

            var body = step.Find("body") ?? JsonTree.Parse(step.FindText("raw")!);
            var key = resource.Name.Length > 0 ? resource.Name : ((JsonMap)body).FindMap("metadata")!.FindText("name")!;
            var outcome = await WriteAsync(step, Recording.Tracker(resource.Type), objects.TryGetValue(key, out var live) ? live : null, body, value => Recording.Normalize(resource.Type, value), now);
            var want = step.FindMap("want")!.FindMap("body")!;
            compared++;
            if (outcome.Failure is { } failure)
            {
                Assert.Equal(want.FindText("message"), failure.Message);
                continue;
            }

            Assert.Equal(Recording.Describe(want), Recording.Describe(outcome.Managers));
            Assert.Equal(want.Find("data"), outcome.Value!.Find("data"));
            Assert.Equal(want.FindMap("metadata")!.Find("finalizers"), outcome.Value.FindMap("metadata")!.Find("finalizers"));
            if (step.FindMap("query")?.ContainsKey("dryRun") != true)
            {
                objects[key] = (outcome.Value, outcome.Managers);
            }
        }

        Assert.NotEqual(0, compared);
    }

    private static async Task<(JsonMap? Value, ApiList<ManagedFieldsEntry> Managers, PatchFailure? Failure)> WriteAsync(
        JsonMap step, FieldTracker tracker, (JsonMap Value, ApiList<ManagedFieldsEntry> Managers)? live, JsonTree body, Func<JsonTree, JsonMap> normalize, DateTimeOffset now)
    {
        var query = step.FindMap("query") ?? JsonMap.Empty;
        var manager = query.FindText("fieldManager") ?? step.FindMap("headers")!.FindText("User-Agent")!;
        var contentType = step.FindText("type") ?? "";
        if (contentType == "application/apply-patch+yaml")
        {
            Assert.True(YamlToJson.TryRead(body.ToUtf8(), out var applied, out _, out _));
            var outcome = await tracker.ApplyAsync(live?.Value ?? tracker.Empty, live?.Managers ?? default, (JsonMap)applied, manager, query.FindText("force") == "true", now, CancellationToken.None);
            return outcome.IsApplied ? (normalize(outcome.Result), outcome.ManagedFields, null) : (null, default, outcome.Failure);
        }

        if (live is null)
        {
            var created = normalize(body);
            return (WithoutManagers(created), tracker.Create(created, manager, now), null);
        }

        var patch = body.ToUtf8();
        var withManagers = WithManagers(live.Value.Value, live.Value.Managers);
        var written = contentType switch
        {
            "application/json-patch+json" => JsonPatch.Apply(withManagers, patch).Result!,
            "application/merge-patch+json" => MergePatch.Apply(withManagers, patch).Result!,
            "application/strategic-merge-patch+json" => StrategicMergePatch.Apply(withManagers, patch, Core.ConfigMap.Schema).Result!,
            _ => body,
        };
        var stated = Managers((JsonMap)written);
        var updated = normalize(written);
        return (WithoutManagers(updated), await tracker.UpdateAsync(live.Value.Value, live.Value.Managers, updated, stated, manager, now, CancellationToken.None), null);
    }

    private static JsonMap WithManagers(JsonMap value, ApiList<ManagedFieldsEntry> managers)
    {
        var map = new Core.ConfigMap { Metadata = ObjectMeta.Empty with { ManagedFields = managers } };
        var list = Recording.Tree(map).FindMap("metadata")!.Find("managedFields");
        return list is null ? value : value.With("metadata", value.FindMap("metadata")!.With("managedFields", list));
    }

    private static JsonMap WithoutManagers(JsonMap value) => value.With("metadata", value.FindMap("metadata")!.Without("managedFields"));

    private static ApiList<ManagedFieldsEntry> Managers(JsonMap value)
    {
        var list = value.FindMap("metadata")!.Find("managedFields");
        var json = Encoding.UTF8.GetBytes($$$"""{"metadata":{"managedFields":{{{list?.ToString() ?? "null"}}}}}""");
        return JsonDecoder.Decode<Core.ConfigMap>(json, new DecodeProblems()).Metadata.ManagedFields;
    }
}
