using Petrel.Linux.Processes;
using Xunit;

namespace Petrel.Linux.Tests.Processes;

public sealed class DaemonTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("petrel-daemon-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_daemon_has_a_session_of_its_own_logs_to_its_file_and_its_end_is_seen()
    {
        var log = Path.Combine(_directory.FullName, "log");
        var identity = Path.Combine(_directory.FullName, "identity");
        var daemon = Daemon.Start(new Command("/bin/sh", "-c", "echo started; echo problem >&2; exec sleep 100"), identity, log);
        try
        {
            Assert.True(daemon.IsRunning);
            Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => daemon == Daemon.Find(identity), TimeSpan.FromSeconds(60))));
            Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => File.Exists(log) && File.ReadAllText(log) == "started\nproblem\n", TimeSpan.FromSeconds(60))));
            Assert.Equal(daemon.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), File.ReadAllText($"/proc/{daemon.Id}/stat").Split(' ')[5]);

            var ended = ProcessExit.WaitAsync(daemon, CancellationToken.None);
            Assert.False(ended.IsCompleted);
            Assert.True(daemon.Signal(ProcessSignal.Terminate));
            await ended.WaitAsync(TimeSpan.FromSeconds(60));
            Assert.False(daemon.IsRunning);
            Assert.Null(Daemon.Find(identity));
            Assert.False(daemon.Signal(ProcessSignal.Terminate));
            await ProcessExit.WaitAsync(daemon, CancellationToken.None);
        }
        finally
        {
            daemon.Signal(ProcessSignal.Kill);
        }
    }

    [Fact]
    public async Task Waiting_for_an_end_can_be_cancelled()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;
        using var cancellation = new CancellationTokenSource();
        var wait = ProcessExit.WaitAsync(self, cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void An_identity_is_not_another_process_with_the_number()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;

        Assert.True(self.IsRunning);
        Assert.False((self with { StartTicks = self.StartTicks + 1 }).IsRunning);
        Assert.False((self with { BootId = "another" }).IsRunning);
        Assert.Null(ProcessIdentity.Of(int.MaxValue));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("nonsense\nboot\n")]
    public void A_file_that_names_no_process_is_no_identity(string text)
    {
        var path = Path.Combine(_directory.FullName, "identity");
        File.WriteAllText(path, text);

        Assert.Null(ProcessIdentity.FromFile(path));
        Assert.Null(ProcessIdentity.FromFile(path + ".missing"));
    }
}
