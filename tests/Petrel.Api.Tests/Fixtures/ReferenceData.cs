namespace Petrel.Api.Tests.Fixtures;

/// <summary>Finds the reference data of a real Kubernetes, which lies beside the repository on machines that have it.</summary>
internal static class ReferenceData
{
    /// <summary>The folder <c>../shared/reference</c> seen from the repository's root, or null where it is absent.</summary>
    public static string? Directory { get; } = Find();

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Petrel.slnx")))
            {
                var reference = Path.Combine(folder.Parent!.FullName, "shared", "reference");
                return System.IO.Directory.Exists(reference) ? reference : null;
            }
        }

        return null;
    }
}
