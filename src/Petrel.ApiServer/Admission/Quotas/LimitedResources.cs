using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Quotas;
using Petrel.Api.Resources;

namespace Petrel.ApiServer.Admission.Quotas;

/// <summary>What may be used only in namespaces that have a quota for it: the plugin's configuration (limitedResources).</summary>
internal sealed class LimitedResources
{
    private const string Group = "resourcequota.admission.k8s.io/";

    private readonly List<Limit> _limits;

    /// <exception cref="FormatException">The configuration is not one of the plugin.</exception>
    public LimitedResources(JsonElement? configuration)
    {
        _limits = [];
        if (configuration is not { } root)
        {
            return;
        }

        if (root.TryGetProperty("kind", out var kind) && kind.ValueEquals("Configuration"))
        {
            AdmissionConfiguration.RequireKind(root, "Configuration", [Group + "v1", Group + "v1beta1", Group + "v1alpha1"]);
        }
        else
        {
            AdmissionConfiguration.RequireKind(root, "ResourceQuotaConfiguration", ["apiserver.config.k8s.io/v1"]);
        }

        foreach (var limit in Items(root, "limitedResources"))
        {
            _limits.Add(new Limit(
                new GroupResource(Text(limit, "apiGroup"), Text(limit, "resource")),
                [.. Items(limit, "matchContains").Select(static text => text.GetString() ?? "")],
                [.. Items(limit, "matchScopes").Select(Scope)]));
        }
    }

    public bool Concern(GroupResource resource) => _limits.Exists(limit => limit.Resource == resource);

    /// <summary>What the object uses although no quota of the namespace covers it; null when all is covered.</summary>
    public string? Refusal(IQuotaEvaluator evaluator, ApiObject value, ApiMap<Quantity> usage, IReadOnlyCollection<ResourceQuota> quotas)
    {
        var limits = _limits.Where(limit => limit.Resource == evaluator.Resource).ToList();
        var covered = quotas.Where(quota => QuotaScopes.Includes(quota, evaluator, value)).SelectMany(static quota => quota.Status.Hard.Keys).ToHashSet(StringComparer.Ordinal);
        var names = usage.Keys
            .Where(name => !covered.Contains(name) && limits.Exists(limit => limit.MatchContains.Any(part => name.Contains(part, StringComparison.Ordinal))))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (names.Count > 0)
        {
            return "insufficient quota to consume: " + string.Join(',', names);
        }

        var coveredScopes = quotas.SelectMany(static quota => quota.Spec.Requirements).Where(scope => evaluator.IsInScope(scope, value)).Select(static scope => scope.ScopeName).ToHashSet(StringComparer.Ordinal);
        var scopes = limits.SelectMany(static limit => limit.MatchScopes).Where(scope => evaluator.IsInScope(scope, value) && !coveredScopes.Contains(scope.ScopeName)).ToList();
        return scopes.Count == 0 ? null
            : $"insufficient quota to match these scopes: [{string.Join(' ', scopes.Select(static scope => $"{{{scope.ScopeName} {scope.Operator} [{string.Join(' ', scope.Values)}]}}"))}]";
    }

    private static ScopedResourceSelectorRequirement Scope(JsonElement scope) => new()
    {
        ScopeName = Text(scope, "scopeName"),
        Operator = Text(scope, "operator"),
        Values = [.. Items(scope, "values").Select(static text => text.GetString() ?? "")],
    };

    private static string Text(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    /// <param name="MatchContains">Parts of the names of what is limited, e.g. <c>.storageclass.storage.k8s.io/</c>.</param>
    /// <param name="MatchScopes">Traits of objects that are limited as a whole.</param>
    private sealed record Limit(GroupResource Resource, IReadOnlyList<string> MatchContains, IReadOnlyList<ScopedResourceSelectorRequirement> MatchScopes);
}
