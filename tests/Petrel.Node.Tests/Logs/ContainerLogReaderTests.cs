using System.IO.Pipelines;
using System.Text;
using Petrel.Node.Logs;
using Xunit;

namespace Petrel.Node.Tests.Logs;

public sealed class ContainerLogReaderTests : IDisposable
{
    private readonly LogDirectory _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Everything_is_read_in_order()
    {
        _log.Write("one", "two", "");
        Assert.Equal("one\ntwo\n\n", await _log.ReadAsync(new LogOptions()));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "five\n")]
    [InlineData(2, "four\nfive\n")]
    [InlineData(5, "one\ntwo\nthree\nfour\nfive\n")]
    [InlineData(100, "one\ntwo\nthree\nfour\nfive\n")]
    public async Task The_tail_is_counted_in_lines(int lines, string expected)
    {
        _log.Write("one", "two", "three", "four", "five");
        Assert.Equal(expected, await _log.ReadAsync(new LogOptions { TailLines = lines }));
    }

    [Fact]
    public async Task The_tail_of_a_large_file_crosses_blocks()
    {
        var lines = Enumerable.Range(0, 20_000).Select(number => $"line {number} {new string('x', number % 97)}").ToArray();
        _log.Append(string.Concat(lines.Select(line => $"2024-01-01T00:00:00.1Z stdout F {line}\n")));
        foreach (var count in new[] { 1, 317, 1000, 9999, 19_999, 20_000 })
        {
            var expected = string.Concat(lines.TakeLast(count).Select(line => line + "\n"));
            Assert.Equal(expected, await _log.ReadAsync(new LogOptions { TailLines = count }));
        }
    }

    [Fact]
    public async Task Timestamps_have_nine_digits_and_partial_lines_one_timestamp()
    {
        _log.Append("2024-01-01T00:00:00.25Z stdout P left \n2024-01-01T00:00:00.5Z stdout F right\n");
        _log.Append("2024-01-01T01:00:00+01:00 stderr F zone\n");
        Assert.Equal("left right\nzone\n", await _log.ReadAsync(new LogOptions()));
        Assert.Equal(
            "2024-01-01T00:00:00.250000000Z left right\n2024-01-01T01:00:00.000000000+01:00 zone\n",
            await _log.ReadAsync(new LogOptions { Timestamps = true }));
    }

    [Fact]
    public async Task Since_leaves_out_what_is_older()
    {
        _log.Write("zero", "one", "two");
        var since = new DateTimeOffset(2024, 1, 1, 0, 0, 1, TimeSpan.Zero);
        Assert.Equal("one\ntwo\n", await _log.ReadAsync(new LogOptions { Since = since }));
        Assert.Equal("two\n", await _log.ReadAsync(new LogOptions { Since = since, TailLines = 1 }));
    }

    [Fact]
    public async Task A_limit_counts_bytes_of_output_timestamps_included()
    {
        _log.Write("one", "two");
        Assert.Equal("one\nt", await _log.ReadAsync(new LogOptions { LimitBytes = 5 }));
        Assert.Equal("2024-01-01", await _log.ReadAsync(new LogOptions { LimitBytes = 10, Timestamps = true }));
    }

    [Fact]
    public async Task One_stream_can_be_selected()
    {
        _log.Append("2024-01-01T00:00:00Z stdout F out\n2024-01-01T00:00:00Z stderr F err\n");
        Assert.Equal("out\nerr\n", await _log.ReadAsync(new LogOptions()));
        Assert.Equal("out\n", await _log.ReadAsync(new LogOptions { Stream = LogStream.Stdout }));
        Assert.Equal("err\n", await _log.ReadAsync(new LogOptions { Stream = LogStream.Stderr }));
    }

    [Fact]
    public async Task A_broken_line_is_left_out_and_a_file_that_is_no_log_is_refused()
    {
        _log.Write("one");
        _log.Append("what is this\n");
        _log.Write("two");
        _log.Append("2024-01-01T00:00:00Z stdout F no newline");
        Assert.Equal("one\ntwo\nno newline", await _log.ReadAsync(new LogOptions()));

        File.WriteAllText(_log.File0, "what is this\n");
        Assert.Contains("unsupported log format", await RefusalAsync(_log.File0, new LogOptions()), StringComparison.Ordinal);
        File.WriteAllText(_log.File0, new string('x', LogFile.MaxLineBytes + 1));
        Assert.Contains("a line is longer", await RefusalAsync(_log.File0, new LogOptions { Follow = true }), StringComparison.Ordinal);
        Assert.Contains("no such file", await RefusalAsync(_log.File0 + ".none", new LogOptions()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_symbolic_link_is_followed()
    {
        _log.Write("one");
        var link = _log.File0 + ".link";
        File.CreateSymbolicLink(link, _log.File0);
        var pipe = new Pipe();
        Assert.Null(await _log.Reader.CopyAsync(link, new LogOptions { Follow = true }, pipe.Writer, Task.CompletedTask, CancellationToken.None));
        Assert.Equal("one\n", Encoding.UTF8.GetString((await pipe.Reader.ReadAsync()).Buffer.FirstSpan));
    }

    private async Task<string> RefusalAsync(string path, LogOptions options) =>
        (await _log.Reader.CopyAsync(path, options, new Pipe().Writer, Task.CompletedTask, CancellationToken.None).WaitAsync(LogDirectory.Patience))!;
}
