using Petrel.Linux.Files;
using Petrel.Linux.Mounts;
using Petrel.Linux.Processes;
using Xunit;

namespace Petrel.Linux.Tests.Files;

public sealed class DirectoryRemovalTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-removal-").FullName;

    private string Victim => Path.Combine(_directory, "victim");

    public void Dispose()
    {
        foreach (var mount in MountTable.Below(_directory))
        {
            Petrel.Linux.Mounts.Mount.Remove(mount, detach: true);
        }

        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void Links_are_removed_and_what_they_lead_to_stays()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_directory, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "kept"), "1");
        Directory.CreateDirectory(Path.Combine(Victim, "a/b"));
        File.CreateSymbolicLink(Path.Combine(Victim, "a/link"), outside);
        File.CreateSymbolicLink(Path.Combine(Victim, "self"), ".");

        DirectoryRemoval.Remove(Victim);

        Assert.False(Directory.Exists(Victim));
        Assert.True(File.Exists(Path.Combine(outside, "kept")));
    }

    [Fact]
    public void A_link_in_the_place_of_the_directory_is_not_followed()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_directory, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "kept"), "1");
        File.CreateSymbolicLink(Victim, outside);

        Assert.ThrowsAny<IOException>(() => DirectoryRemoval.Remove(Victim));

        Assert.True(File.Exists(Path.Combine(outside, "kept")));
    }

    [Fact]
    public async Task Names_that_are_no_text_are_removed()
    {
        Directory.CreateDirectory(Victim);
        await RunAsync($"cd {Victim}; : > \"$(printf 'a\\377b')\"; mkdir \"$(printf '\\200')\"; : > '-'; : > \"$(printf 'new\\nline')\"");
        Assert.Equal(4, Directory.EnumerateFileSystemEntries(Victim).Count());

        DirectoryRemoval.Remove(Victim);

        Assert.False(Directory.Exists(Victim));
    }

    [Fact]
    public void Nesting_deeper_than_paths_can_be_is_removed()
    {
        // 200 levels of 30 letters are longer than PATH_MAX: made from the innermost outwards.
        var (inner, outer) = (Path.Combine(_directory, "inner"), Path.Combine(_directory, "outer"));
        Directory.CreateDirectory(inner);
        for (var i = 0; i < 200; i++)
        {
            Directory.CreateDirectory(outer);
            File.WriteAllText(Path.Combine(outer, "file"), "");
            Directory.Move(inner, Path.Combine(outer, new string('a', 30)));
            (inner, outer) = (outer, inner);
        }

        DirectoryRemoval.Remove(inner);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory));
    }

    [RootFact]
    public void What_is_mounted_below_is_refused_and_kept()
    {
        var outside = Directory.CreateDirectory(Path.Combine(_directory, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "kept"), "1");
        Directory.CreateDirectory(Path.Combine(Victim, "mounted"));
        // On the same device, as bind mounts are.
        Petrel.Linux.Mounts.Mount.Bind(outside, Path.Combine(Victim, "mounted"));

        Assert.Contains("something is mounted there", Assert.ThrowsAny<IOException>(() => DirectoryRemoval.Remove(Victim)).Message, StringComparison.Ordinal);

        Assert.True(File.Exists(Path.Combine(outside, "kept")));
        Petrel.Linux.Mounts.Mount.Remove(Path.Combine(Victim, "mounted"));
        DirectoryRemoval.Remove(Victim);
        Assert.False(Directory.Exists(Victim));
    }

    [Fact]
    public void Nothing_there_is_nothing_to_do() => DirectoryRemoval.Remove(Victim);

    private static async Task RunAsync(string script)
    {
        var result = await new CommandRunner(TimeProvider.System).RunAsync(new Command("/bin/sh", "-c", script));
        Assert.True(result.ExitCode == 0, result.ToString());
    }
}
