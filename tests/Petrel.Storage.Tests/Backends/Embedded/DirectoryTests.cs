using System.Diagnostics;
using System.Runtime.Versioning;
using Petrel.Storage.Backends.Embedded;

namespace Petrel.Storage.Tests.Backends.Embedded;

[SupportedOSPlatform("linux")]
public class DirectoryTests
{
    [Fact]
    public async Task A_directory_has_one_owner_whom_the_refusal_names()
    {
        using var directory = new TemporaryDirectory();
        await using (EmbeddedStore.Open(directory.Path, WriterProcess.Options))
        {
            var failure = Assert.Throws<StoreUnavailableException>(() => EmbeddedStore.Open(directory.Path));
            Assert.Contains($"in use by process {Environment.ProcessId}.", failure.Message, StringComparison.Ordinal);

            using var other = WriterProcess.Start("open", directory.Path);
            var output = await other.StandardOutput.ReadToEndAsync();
            await other.WaitForExitAsync();
            Assert.Equal(1, other.ExitCode);
            Assert.Contains($"in use by process {Environment.ProcessId}.", output, StringComparison.Ordinal);
        }

        await using var next = EmbeddedStore.Open(directory.Path, WriterProcess.Options);
    }

    [Fact]
    public async Task The_lock_of_a_process_that_was_killed_is_free()
    {
        using var directory = new TemporaryDirectory();
        using (var process = WriterProcess.Start("write", directory.Path, "1"))
        {
            await process.StandardOutput.ReadLineAsync();
            var failure = Assert.Throws<StoreUnavailableException>(() => EmbeddedStore.Open(directory.Path));
            Assert.Contains($"in use by process {process.Id}.", failure.Message, StringComparison.Ordinal);
            process.Kill();
            await process.WaitForExitAsync();
        }

        await using var store = EmbeddedStore.Open(directory.Path, WriterProcess.Options);
        Assert.False(store.Recovery!.ClosedInOrder);
    }

    [Fact]
    public async Task Only_the_owner_of_the_process_may_look_into_a_directory_that_the_store_made()
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "new", "store");
        await using var store = EmbeddedStore.Open(path, WriterProcess.Options);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Log_files_are_recycled_and_the_space_of_a_small_store_stays_bounded()
    {
        using var directory = new TemporaryDirectory();
        await using var store = EmbeddedStore.Open(directory.Path, WriterProcess.Options);
        for (var i = 0; i < 2_000; i++)
        {
            await store.PutAsync($"/k/{i % 10}", WriterProcess.Value(i % 50 == 0 ? 699 : i));
            if (i % 100 == 99)
            {
                await store.CompactAsync(i);
                await store.TruncationAsync();
            }
        }

        var files = Directory.GetFiles(directory.Path).Select(Path.GetFileName).ToArray();
        Assert.Contains(files, name => name!.StartsWith("spare-", StringComparison.Ordinal) || files.Count(other => other!.StartsWith("log-", StringComparison.Ordinal)) > 1);
        Assert.Single(files, name => name!.StartsWith("snapshot-", StringComparison.Ordinal));
        Assert.InRange((await store.GetStatusAsync()).DiskBytes, 256 << 10, 8 * (256 << 10));
    }

    [RootFact]
    public async Task A_real_disk_that_is_full_says_so_and_the_store_goes_on_when_there_is_space()
    {
        using var directory = new TemporaryDirectory();
        Assert.True(await TryRunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "petrel-storage-test", directory.Path));
        try
        {
            var model = new StoreModel();
            await using (var store = EmbeddedStore.Open(directory.Path, WriterProcess.Options))
            {
                var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
                {
                    for (var i = 0; i < 1_000; i++)
                    {
                        await store.PutAsync($"/k/{i % 5}", WriterProcess.Value(50));
                        model.Put($"/k/{i % 5}", WriterProcess.Value(50));
                    }
                });
                Assert.True(failure.IsOutOfSpace);
                Assert.Contains("No space left for '" + directory.Path, failure.Message, StringComparison.Ordinal);
                await model.CheckAsync(store);
                Assert.True(await TryRunAsync("mount", "-o", "remount,size=8m", directory.Path));
                await store.PutAsync("/again", "1");
                model.Put("/again", "1");
            }

            await using var reopened = EmbeddedStore.Open(directory.Path, WriterProcess.Options);
            await model.CheckAsync(reopened);
        }
        finally
        {
            Assert.True(await TryRunAsync("umount", directory.Path));
        }
    }

    private static async Task<bool> TryRunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
