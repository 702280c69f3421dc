using Petrel.Linux.Inotify;
using Xunit;

namespace Petrel.Linux.Tests.Inotify;

public sealed class DirectoryWatcherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-inotify").FullName;
    private readonly DirectoryWatcher _watcher = new();

    public void Dispose()
    {
        _watcher.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Creating_writing_and_renaming_are_changes()
    {
        using var watch = _watcher.Watch(_directory);
        var file = Path.Combine(_directory, "0.log");
        await AwaitChangeAsync(watch, () => File.WriteAllText(file, ""));
        await AwaitChangeAsync(watch, () => File.AppendAllText(file, "line\n"));
        await AwaitChangeAsync(watch, () => File.Move(file, file + ".1"));
    }

    [Fact]
    public async Task Two_watches_of_one_directory_end_apart()
    {
        using var stays = _watcher.Watch(_directory);
        var goes = _watcher.Watch(_directory);
        var change = goes.NextChange;
        goes.Dispose();
        await AwaitChangeAsync(stays, () => File.WriteAllText(Path.Combine(_directory, "a"), ""));
        Assert.False(change.IsCompleted);
    }

    [Fact]
    public void A_missing_directory_is_refused() =>
        Assert.Equal(2, Assert.Throws<SystemCallException>(() => _watcher.Watch(Path.Combine(_directory, "none"))).ErrorNumber);

    private static async Task AwaitChangeAsync(DirectoryWatch watch, Action change)
    {
        var next = watch.NextChange;
        change();
        await next.WaitAsync(Patience);
    }
}
