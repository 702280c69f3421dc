using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Petrel.Api.Tests.Recordings;

/// <summary>A recorded scenario of a real API server, its placeholders replaced by values of the right shape.</summary>
internal sealed partial class Recording
{
    private Recording(IReadOnlyList<RecordedStep> steps) => Steps = steps;

    public IReadOnlyList<RecordedStep> Steps { get; }

    /// <summary>Folder and file name of the scenarios that write built-in kinds.</summary>
    public static IEnumerable<string> Names(params string[] areas) =>
        from area in areas
        let folder = SharedData.Path("reference/golden/" + area)
        where Directory.Exists(folder)
        from file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
        select area + "/" + Path.GetFileNameWithoutExtension(file);

    public static Recording Load(string name)
    {
        var text = File.ReadAllText(SharedData.Path($"reference/golden/{name}.json"));
        text = MicroTime().Replace(text, "\"$1\": \"2025-01-01T00:00:00.000000Z\"")
            .Replace("\"{nodePort}\"", "30001", StringComparison.Ordinal)
            .Replace("{ns}", "ns-1", StringComparison.Ordinal)
            .Replace("{id}", "id-1", StringComparison.Ordinal)
            .Replace("{ip}", "10.0.0.7", StringComparison.Ordinal)
            .Replace("{time}", "2025-01-01T00:00:00Z", StringComparison.Ordinal)
            .Replace("{rv}", "7", StringComparison.Ordinal)
            .Replace("{uuid}", "11111111-1111-4111-8111-111111111111", StringComparison.Ordinal);
        var steps = JsonNode.Parse(text)!["steps"]!.AsArray();
        return new(steps.Select(static (step, index) => RecordedStep.Read(step!.AsObject(), index)).ToArray());
    }

    [GeneratedRegex("\"(eventTime|renewTime|acquireTime|lastObservedTime)\": \"\\{time\\}\"")]
    private static partial Regex MicroTime();
}
