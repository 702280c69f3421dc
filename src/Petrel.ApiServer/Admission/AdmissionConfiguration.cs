using System.Text.Json;
using Petrel.Api.Yaml;

namespace Petrel.ApiServer.Admission;

/// <summary>The settings of plugins by name, from the file of --admission-control-config-file (kind AdmissionConfiguration).</summary>
internal sealed class AdmissionConfiguration
{
    private readonly Dictionary<string, JsonElement> _plugins = new(StringComparer.Ordinal);

    /// <summary>What the file says about a plugin; null when nothing.</summary>
    public JsonElement? Of(string plugin) => _plugins.TryGetValue(plugin, out var configuration) ? configuration : null;

    /// <param name="path">Empty for no settings.</param>
    /// <exception cref="FormatException">The file, or one that it names, is not what it should be.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static AdmissionConfiguration Read(string path)
    {
        var read = new AdmissionConfiguration();
        if (path.Length == 0)
        {
            return read;
        }

        var root = ReadFile(path);
        RequireKind(root, "AdmissionConfiguration", ["apiserver.config.k8s.io/v1", "apiserver.k8s.io/v1alpha1"]);
        if (!root.TryGetProperty("plugins", out var plugins))
        {
            return read;
        }

        foreach (var plugin in plugins.EnumerateArray())
        {
            var name = plugin.TryGetProperty("name", out var given) ? given.GetString() ?? "" : "";
            var file = plugin.TryGetProperty("path", out var other) ? other.GetString() ?? "" : "";
            if (!AdmissionPlugins.All.Any(entry => entry.Name == name))
            {
                throw new FormatException($"{path}: plugin \"{name}\" is unknown");
            }

            if (plugin.TryGetProperty("configuration", out var configuration) && configuration.ValueKind == JsonValueKind.Object)
            {
                read._plugins[name] = configuration;
            }
            else if (file.Length > 0)
            {
                // Relative to the file that names it.
                read._plugins[name] = ReadFile(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", file));
            }
        }

        return read;
    }

    /// <summary>The object says that it is of the kind, in one of the versions.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static void RequireKind(JsonElement root, string kind, string[] apiVersions)
    {
        var (givenKind, givenVersion) = (Text(root, "kind"), Text(root, "apiVersion"));
        if (givenKind != kind || !apiVersions.Contains(givenVersion))
        {
            throw new FormatException($"no kind \"{givenKind}\" is registered for version \"{givenVersion}\": {kind} in {string.Join(" or ", apiVersions)} is needed");
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static JsonElement ReadFile(string path)
    {
        if (!YamlToJson.TryConvert(File.ReadAllBytes(path), out var json, out var error, out var strictError) || strictError is not null)
        {
            throw new FormatException($"{path}: {error ?? strictError}");
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
