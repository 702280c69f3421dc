using System.Text.Json.Nodes;

namespace Petrel.ApiServer.Tests.OpenApi;

/// <summary>OpenAPI documents that a real Kubernetes v1.33 serves, which lie beside the repository on machines that have them.</summary>
internal static class ReferenceDocuments
{
    public static string? Folder { get; } = FindFolder();

    public static JsonObject V2() => Read("v2.json");

    /// <summary>A document of v3; null when the reference has none of that name.</summary>
    public static JsonObject? V3(string name)
    {
        var file = Path.Combine("v3", name.Replace('/', '_') + ".json");
        return File.Exists(Path.Combine(Folder!, file)) ? Read(file) : null;
    }

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder!, file)))!.AsObject();

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "..", "shared", "reference", "openapi");
            if (File.Exists(Path.Combine(folder.FullName, "Petrel.slnx")))
            {
                return Directory.Exists(found) ? found : null;
            }
        }

        return null;
    }
}
