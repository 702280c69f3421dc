using System.Xml.Linq;

namespace Petrel.Tidy.Tests;

/// <summary>The repository's files as these tests look at them.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every file below a folder with an extension, build output left out; paths relative to the root.</summary>
    public static IEnumerable<string> Files(string folder, string extension) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*" + extension, SearchOption.AllDirectories)
            .Select(static path => Path.GetRelativePath(Root, path))
            .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal);

    /// <summary>Product, test and bench sources.</summary>
    public static IEnumerable<string> Sources() => Files("src", ".cs").Concat(Files("tests", ".cs")).Concat(Files("bench", ".cs"));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The projects that a project refers to, by name; analyzers left out.</summary>
    public static IEnumerable<string> ReferencesOf(string project) => XDocument.Parse(Read(project))
        .Descendants("ProjectReference")
        .Where(static reference => reference.Attribute("OutputItemType")?.Value != "Analyzer")
        .Select(static reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value))
        .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Petrel.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository");
    }
}
