using System.Text;
using Petrel.Linux.Processes;
using Petrel.Node.Containerd;
using Xunit;

namespace Petrel.Node.Tests.Containerd;

[Collection(ContainerdTests.Name)]
public sealed class ImageImporterTests(ContainerdFixture containerd)
{
    [RuntimeFact]
    public async Task An_archive_in_a_file_becomes_an_image_known_at_once()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, ContainerdFixture.BusyboxArchive("local/imported:2"));

        Assert.Equal(["docker.io/local/imported:2"], await containerd.Importer.ImportAsync(path));
        Assert.NotNull(await containerd.Runtime.Images.FindAsync("local/imported:2"));
        Assert.Equal(["docker.io/local/imported:2"], await containerd.Importer.ImportAsync(path));
        Assert.Contains(await containerd.Runtime.Images.ListAsync(), image => image.RepoTags.Contains("docker.io/local/imported:2"));
        File.Delete(path);
    }

    [RuntimeFact]
    public async Task A_removed_image_is_not_found()
    {
        await containerd.Importer.ImportAsync(new MemoryStream(ImageArchive.Image("local/short:1", "amd64", ImageArchive.Layer([new("f", [1])]), [])));
        await containerd.Runtime.Images.RemoveAsync("docker.io/local/short:1");

        Assert.Null(await containerd.Runtime.Images.FindAsync("docker.io/local/short:1"));
        await containerd.Runtime.Images.RemoveAsync("docker.io/local/short:1");
    }

    [RuntimeFact]
    public async Task What_is_no_archive_is_refused()
    {
        var failure = await Assert.ThrowsAsync<CommandException>(() => containerd.Importer.ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes("not a tar"))));

        Assert.Contains("images import", failure.Message, StringComparison.Ordinal);
    }

    [RuntimeFact]
    public async Task The_file_system_of_images_has_its_measure() =>
        Assert.StartsWith(containerd.Options.RootDirectory, (await containerd.Runtime.Images.FileSystemsAsync()).ImageFilesystems.Single().FsId.Mountpoint, StringComparison.Ordinal);

    [Fact]
    public void The_same_content_gives_the_same_archive() =>
        Assert.Equal(PauseImage.Build(System.Runtime.InteropServices.Architecture.X64), PauseImage.Build(System.Runtime.InteropServices.Architecture.X64));
}
