using System.IO.Pipelines;
using System.Text;
using Petrel.Node.Logs;
using Xunit;

namespace Petrel.Node.Tests.Logs;

public sealed class ContainerLogFollowTests : IDisposable
{
    private readonly LogDirectory _log = new();
    private readonly Pipe _output = new();
    private readonly TaskCompletionSource _ended = new();
    private readonly StringBuilder _seen = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task What_is_written_arrives_until_the_container_ends()
    {
        _log.Write("one", "two");
        var following = Follow(new LogOptions { Follow = true, TailLines = 1 });
        await SeeAsync("two\n");
        _log.Write("three");
        await SeeAsync("two\nthree\n");
        _log.Append("2024-01-01T00:00:00Z stdout F no newline");
        _ended.SetResult();
        Assert.Null(await following.WaitAsync(LogDirectory.Patience));
        await SeeAsync("two\nthree\nno newline");
    }

    [Fact]
    public async Task A_line_written_in_pieces_arrives_whole()
    {
        var following = Follow(new LogOptions { Follow = true });
        _log.Append("2024-01-01T00:00:00Z stdout F he");
        _log.Append("llo\n");
        await SeeAsync("hello\n");
        _ended.SetResult();
        Assert.Null(await following.WaitAsync(LogDirectory.Patience));
    }

    [Fact]
    public async Task Rotations_lose_and_repeat_nothing()
    {
        var following = Follow(new LogOptions { Follow = true });
        var expected = new StringBuilder();
        for (var round = 0; round < 20; round++)
        {
            for (var line = 0; line < 50; line++)
            {
                expected.Append(null, $"{round}.{line}\n");
                _log.Write($"{round}.{line}");
            }

            // A reader that is a whole rotation behind has lost the file between: kubelets rotate every ten seconds at most.
            await SeeAsync(expected.ToString());
            _log.Rotate();
        }

        _log.Write("last");
        _ended.SetResult();
        Assert.Null(await following.WaitAsync(LogDirectory.Patience));
        await SeeAsync(expected + "last\n");
    }

    [Fact]
    public async Task What_the_runtime_writes_to_the_renamed_file_before_it_reopens_arrives()
    {
        var following = Follow(new LogOptions { Follow = true });
        _log.Write("before");
        await SeeAsync("before\n");
        var renamed = _log.File0 + ".20240101-000000";
        File.Move(_log.File0, renamed);
        await File.AppendAllTextAsync(renamed, "2024-01-01T00:00:00Z stdout F between\n");
        await SeeAsync("before\nbetween\n");
        await File.WriteAllTextAsync(_log.File0, "");
        await File.AppendAllTextAsync(renamed, "2024-01-01T00:00:00Z stdout F late\n");
        await SeeAsync("before\nbetween\nlate\n");
        _log.Write("after");
        await SeeAsync("before\nbetween\nlate\nafter\n");
        _ended.SetResult();
        Assert.Null(await following.WaitAsync(LogDirectory.Patience));
    }

    [Fact]
    public async Task A_limit_ends_following()
    {
        var following = Follow(new LogOptions { Follow = true, LimitBytes = 6 });
        _log.Write("one", "two", "three");
        Assert.Null(await following.WaitAsync(LogDirectory.Patience));
        await SeeAsync("one\ntw");
    }

    [Fact]
    public async Task A_client_that_goes_ends_following()
    {
        using var gone = new CancellationTokenSource();
        var following = _log.Reader.CopyAsync(_log.File0, new LogOptions { Follow = true }, _output.Writer, _ended.Task, gone.Token);
        _log.Write("one");
        await SeeAsync("one\n");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following.WaitAsync(LogDirectory.Patience));
    }

    private Task<string?> Follow(LogOptions options) =>
        Task.Run(() => _log.Reader.CopyAsync(_log.File0, options, _output.Writer, _ended.Task, CancellationToken.None));

    /// <summary>Reads until as much arrived as expected, and compares.</summary>
    private async Task SeeAsync(string expected)
    {
        while (_seen.Length < expected.Length)
        {
            var result = await _output.Reader.ReadAsync().AsTask().WaitAsync(LogDirectory.Patience);
            _seen.Append(Encoding.UTF8.GetString(result.Buffer));
            _output.Reader.AdvanceTo(result.Buffer.End);
        }

        Assert.Equal(expected, _seen.ToString());
    }
}
