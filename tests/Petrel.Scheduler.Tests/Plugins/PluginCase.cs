using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Schema;
using Petrel.Api.Yaml;

namespace Petrel.Scheduler.Tests.Plugins;

/// <summary>
/// One case of a file in Cases: nodes by name, pods that are on them, the pod to be scheduled, and what the plugin has to say.
/// Nodes, pods and the pod are what a manifest has, less the parts that do not matter.
/// </summary>
internal sealed record PluginCase(IReadOnlyList<Node> Nodes, IReadOnlyList<Pod> Pods, Pod Pod, IReadOnlyDictionary<string, string>? Filter, string? Rejected, IReadOnlyDictionary<string, string>? Score)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Cases");

    public static IEnumerable<(string Plugin, string Case)> All =>
        from file in Directory.GetFiles(Folder, "*.yaml").Order(StringComparer.Ordinal)
        from name in Read(file).FindMap("cases")!.Keys
        select (Path.GetFileNameWithoutExtension(file), name);

    public static PluginCase Load(string plugin, string name)
    {
        var file = Read(Path.Combine(Folder, plugin + ".yaml"));
        var @case = file.FindMap("cases")!.FindMap(name)!;
        var nodes = @case.FindMap("nodes") ?? file.FindMap("nodes") ?? JsonMap.Empty;
        var pods = (@case.Find("pods") ?? file.Find("pods")) as JsonList ?? JsonList.Empty;
        return new PluginCase(
            [.. nodes.Select(static pair => (Node)Decode<Node>(WithMetadata(pair.Value, pair.Key, "")).WithDefaults())],
            [.. pods.Select(static (pod, i) => MakePod(pod, "existing-" + i))],
            MakePod(@case.Find("pod") ?? JsonMap.Empty, "incoming"),
            Texts(@case.FindMap("filter")),
            @case.FindText("filter"),
            @case.FindText("score") is { } text ? new Dictionary<string, string> { ["*"] = text } : Texts(@case.FindMap("score")));
    }

    private static Pod MakePod(JsonTree tree, string name)
    {
        var spec = (tree as JsonMap)?.FindMap("spec") ?? JsonMap.Empty;
        var whole = spec.ContainsKey("containers") ? spec : spec.With("containers", JsonTree.Parse("""[{"name":"c","image":"i"}]"""));
        return Decode<Pod>(WithMetadata(((JsonMap)(tree as JsonMap ?? JsonMap.Empty)).With("spec", whole), name, "default"));
    }

    private static JsonMap WithMetadata(JsonTree tree, string name, string @namespace)
    {
        var map = tree as JsonMap ?? JsonMap.Empty;
        var metadata = (map.FindMap("metadata") ?? JsonMap.Empty).With("name", name).With("uid", name + "-uid");
        return map.With("metadata", @namespace.Length == 0 || metadata.ContainsKey("namespace") ? metadata : metadata.With("namespace", @namespace));
    }

    private static T Decode<T>(JsonMap map) where T : IApiType<T>
    {
        var problems = new DecodeProblems();
        var value = JsonDecoder.Decode<T>(map.ToUtf8(), problems);
        return problems.Strict.Count == 0 ? value : throw new FormatException(string.Join(", ", problems.Strict));
    }

    private static JsonMap Read(string file) =>
        YamlToJson.TryRead(File.ReadAllBytes(file), out var tree, out var error, out var strictError) && strictError is null
            ? (JsonMap)tree
            : throw new FormatException($"{file}: {error ?? strictError}");

    private static Dictionary<string, string>? Texts(JsonMap? map) =>
        map?.ToDictionary(static pair => pair.Key, static pair => pair.Value is JsonText text ? text.Value : pair.Value.ToString(), StringComparer.Ordinal);
}
