using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Petrel.Api.Resources;

namespace Petrel.Api.Tests.Recordings;

/// <summary>One request of a scenario and what the real server answered.</summary>
internal sealed partial record RecordedStep(int Index, string Verb, string Path, string? MediaType, bool IsDryRun, JsonNode? Body, int Status, JsonObject? Answer)
{
    /// <summary>Resource type of the path, object name (empty for collections) and subresource; null for other paths.</summary>
    public (ResourceType Type, string Name, string Subresource)? Target
    {
        get
        {
            var match = ResourcePath().Match(Path);
            if (!match.Success)
            {
                return null;
            }

            var (group, version) = match.Groups["group"].Success ? (match.Groups["group"].Value, match.Groups["version"].Value) : ("", "v1");
            var type = AllResources.List.FirstOrDefault(type => type.Info.Group == group && type.Info.Version == version && type.Info.Resource == match.Groups["resource"].Value);
            return type is null ? null : (type, match.Groups["name"].Value, match.Groups["subresource"].Value);
        }
    }

    public string Namespace => NamespacePath().Match(Path).Groups[1].Value;

    /// <summary>The causes of a refusal, one line each: reason, field, message.</summary>
    public IReadOnlyList<string> Causes => Answer?["details"]?["causes"] is JsonArray causes
        ? causes.Select(static cause => $"{cause!["reason"]} | {cause["field"]} | {cause["message"]}").ToArray()
        : [];

    public static RecordedStep Read(JsonObject step, int index) => new(
        index,
        (string)step["do"]!,
        (string?)step["path"] ?? "",
        (string?)step["type"],
        step["query"]?["dryRun"] is not null,
        step["body"],
        (int?)step["want"]?["status"] ?? 0,
        step["want"]?["body"] as JsonObject);

    [GeneratedRegex("^/(?:api/v1|apis/(?<group>[^/]+)/(?<version>[^/]+))(?:/namespaces/[^/]+(?=/[a-z]+))?/(?<resource>[a-z]+)(?:/(?<name>[^/]+)(?:/(?<subresource>[a-z]+))?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex ResourcePath();

    [GeneratedRegex("/namespaces/([^/]+)/[a-z]+")]
    private static partial Regex NamespacePath();
}
