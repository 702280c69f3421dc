using System.Text.Json.Nodes;
using Xunit;

namespace Petrel.ApiServer.Tests.Golden;

/// <summary>A recording of a real Kubernetes server, from the reference data that stands next to the repository where it is present.</summary>
internal sealed record Recording(string Name, IReadOnlyList<RecordedStep> Steps)
{
    private static readonly string? Folder = FindFolder();

    public static bool ArePresent => Folder is not null;

    /// <summary>The recordings whose file names begin so; none where the reference data is absent.</summary>
    public static IEnumerable<Recording> Find(string area, string prefix) => Folder is null ? []
        : Directory.EnumerateFiles(Path.Combine(Folder, area), prefix + "*.json").Order(StringComparer.Ordinal).Select(Read);

    /// <summary>Names for a theory; one that says why there are none, where there are none.</summary>
    public static TheoryData<string> Names(string area, params string[] prefixes) => ArePresent
        ? [.. prefixes.SelectMany(prefix => Find(area, prefix)).Select(static recording => recording.Name)]
        : ["(no reference data here: skipped)"];

    private static Recording Read(string path)
    {
        var root = JsonNode.Parse(File.ReadAllText(path))!;
        return new Recording((string)root["name"]!, [.. root["steps"]!.AsArray().Select(static step => new RecordedStep(step!.AsObject()))]);
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var golden = Path.Combine(folder.FullName, "..", "shared", "reference", "golden");
            if (File.Exists(Path.Combine(folder.FullName, "Petrel.slnx")) && Directory.Exists(golden))
            {
                return golden;
            }
        }

        return null;
    }
}

/// <summary>One request and the answer to it.</summary>
internal sealed record RecordedStep(JsonObject Json)
{
    public string Method => (string)Json["do"]!;

    public string Path => (string?)Json["path"] ?? "";

    public JsonNode? Body => Json["body"];

    public string ImpersonatedUser => (string?)Json["headers"]?["Impersonate-User"] ?? "";

    public int Status => (int?)Json["want"]?["status"] ?? 0;

    public JsonNode? Answer => Json["want"]?["body"];

    public bool Ignores(string pointer) => Json["ignore"] is JsonArray list && list.Any(item => (string?)item == pointer);
}
