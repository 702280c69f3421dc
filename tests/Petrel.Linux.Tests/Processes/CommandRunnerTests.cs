using System.Diagnostics;
using System.Text;
using Petrel.Linux.Processes;
using Xunit;

namespace Petrel.Linux.Tests.Processes;

public sealed class CommandRunnerTests
{
    private readonly CommandRunner _runner = new(TimeProvider.System);

    [Fact]
    public async Task Output_error_and_exit_code_are_kept_apart()
    {
        var result = await _runner.RunAsync(new Command("/bin/sh", "-c", "echo out; echo err >&2; exit 3"));

        Assert.Equal((3, "out\n", "err\n", false), (result.ExitCode, result.Output, result.Error, result.TimedOut));
        Assert.Equal("/bin/sh -c echo out; echo err >&2; exit 3 exited with 3: err", Assert.Throws<CommandException>(result.EnsureSuccess).Message);
    }

    [Fact]
    public async Task Input_and_environment_reach_the_program()
    {
        var command = new Command("/bin/sh", "-c", "cat; echo $GREETING")
        {
            Input = new MemoryStream(Encoding.UTF8.GetBytes("fed ")),
            Environment = new Dictionary<string, string> { ["GREETING"] = "hello" },
        };

        Assert.Equal("fed hello\n", (await _runner.RunAsync(command)).EnsureSuccess().Output);
    }

    [Fact]
    public async Task A_program_that_ignores_its_input_does_not_fail()
    {
        var command = new Command("/bin/true") { Input = new MemoryStream(new byte[1 << 20]) };

        Assert.True((await _runner.RunAsync(command)).Succeeded);
    }

    [Fact]
    public async Task Output_over_the_limit_is_read_and_dropped()
    {
        var command = new Command("/bin/sh", "-c", "head -c 1000000 /dev/zero | tr '\\0' x") { MaxOutputCharacters = 10 };

        Assert.Equal("xxxxxxxxxx", (await _runner.RunAsync(command)).EnsureSuccess().Output);
    }

    [Fact]
    public async Task At_the_time_limit_the_program_and_its_children_are_killed()
    {
        var watch = Stopwatch.StartNew();
        var result = await _runner.RunAsync(new Command("/bin/sh", "-c", "sleep 100 & wait") { Timeout = TimeSpan.FromMilliseconds(100) });

        Assert.True(result.TimedOut);
        Assert.False(result.Succeeded);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Cancelling_kills_the_program()
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _runner.RunAsync(new Command("/bin/sleep", "100"), cancellation.Token));
    }

    [Fact]
    public async Task A_missing_program_is_named()
    {
        var failure = await Assert.ThrowsAsync<CommandException>(() => _runner.RunAsync(new Command("petrel-no-such-program")));

        Assert.StartsWith("petrel-no-such-program could not be started", failure.Message, StringComparison.Ordinal);
    }
}
