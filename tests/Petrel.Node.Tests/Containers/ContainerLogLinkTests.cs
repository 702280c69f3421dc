using Petrel.Node.Containers;
using Xunit;

namespace Petrel.Node.Tests.Containers;

public sealed class ContainerLogLinkTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-links-").FullName;

    [Fact]
    public void Only_links_into_the_folder_of_logs_are_removed()
    {
        var (links, logs) = (Directory.CreateDirectory(Path.Combine(_directory, "links")).FullName, Path.Combine(_directory, "pods"));
        File.CreateSymbolicLink(Path.Combine(links, "dead"), Path.Combine(logs, "default_p_1", "c", "0.log"));
        File.CreateSymbolicLink(Path.Combine(links, "foreign"), Path.Combine(_directory, "pods-of-others", "0.log"));
        File.WriteAllText(Path.Combine(links, "file"), "");

        ContainerLogLink.RemoveAll(links, logs);

        Assert.Equal(["file", "foreign"], Directory.EnumerateFileSystemEntries(links).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        ContainerLogLink.RemoveAll("", logs);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
