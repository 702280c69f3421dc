using System.Text.Json;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>The plugin's configuration (kind PodSecurityConfiguration): the policy of namespaces without labels, and who is exempt.</summary>
internal sealed record PodSecuritySettings
{
    private const string Group = "pod-security.admission.config.k8s.io/";

    public NamespacePolicy Defaults { get; init; } = NamespacePolicy.Privileged;

    public IReadOnlyList<string> ExemptUsers { get; init; } = [];

    public IReadOnlyList<string> ExemptNamespaces { get; init; } = [];

    public IReadOnlyList<string> ExemptRuntimeClasses { get; init; } = [];

    /// <exception cref="FormatException">The configuration is not one of this kind.</exception>
    public static PodSecuritySettings Read(JsonElement? configuration)
    {
        if (configuration is not { } root)
        {
            return new PodSecuritySettings();
        }

        AdmissionConfiguration.RequireKind(root, "PodSecurityConfiguration", [Group + "v1", Group + "v1beta1", Group + "v1alpha1"]);
        var defaults = Part(root, "defaults");
        var exemptions = Part(root, "exemptions");
        return new PodSecuritySettings
        {
            Defaults = new NamespacePolicy(Mode(defaults, "enforce"), Mode(defaults, "audit"), Mode(defaults, "warn")),
            ExemptUsers = Names(exemptions, "usernames"),
            ExemptNamespaces = Names(exemptions, "namespaces"),
            ExemptRuntimeClasses = Names(exemptions, "runtimeClasses"),
        };
    }

    private static JsonElement? Part(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.Object ? part : null;

    private static LevelVersion Mode(JsonElement? defaults, string mode)
    {
        var (levelText, versionText) = (Text(defaults, mode, "privileged"), Text(defaults, mode + "-version", "latest"));
        if (!LevelVersion.TryParseLevel(levelText, out var level))
        {
            throw new FormatException($"defaults.{mode}: Invalid value: \"{levelText}\": must be one of privileged, baseline, restricted");
        }

        return LevelVersion.TryParseVersion(versionText, out var minor)
            ? new LevelVersion(level, minor)
            : throw new FormatException($"defaults.{mode}-version: Invalid value: \"{versionText}\": must be \"latest\" or \"v1.x\"");
    }

    private static string Text(JsonElement? parent, string name, string standard) =>
        parent is { } found && found.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : standard;

    private static List<string> Names(JsonElement? parent, string name) =>
        parent is { } found && found.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(static item => item.GetString() ?? "")] : [];
}
