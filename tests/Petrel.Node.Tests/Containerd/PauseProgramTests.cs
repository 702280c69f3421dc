using System.Diagnostics;
using System.Runtime.InteropServices;
using Petrel.Linux.Processes;
using Petrel.Node.Containerd;
using Xunit;

namespace Petrel.Node.Tests.Containerd;

public sealed class PauseProgramTests
{
    private const string Emulator = "/usr/bin/qemu-aarch64-static";

    [Theory]
    [InlineData(ProcessSignal.Terminate)]
    [InlineData(ProcessSignal.Interrupt)]
    public Task It_waits_and_a_signal_ends_it_in_order(ProcessSignal signal) =>
        RunAsync(System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture, signal, program => Process.Start(program));

    [EmulatorFact]
    public Task On_arm64_it_does_the_same() =>
        RunAsync(Architecture.Arm64, ProcessSignal.Terminate, program => Process.Start(Emulator, program));

    [Fact]
    public void Another_architecture_is_refused_by_name() =>
        Assert.Contains("S390x", Assert.Throws<PlatformNotSupportedException>(() => PauseProgram.Build(Architecture.S390x)).Message, StringComparison.Ordinal);

    private static async Task RunAsync(Architecture architecture, ProcessSignal signal, Func<string, Process> start)
    {
        var path = Path.GetTempFileName();
        await File.WriteAllBytesAsync(path, PauseProgram.Build(architecture));
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var process = start(path);

        // SIGCHLD is ignored once the signals are blocked; proc_pid_status(5).
        await Conditions.UntilAsync(() => Task.FromResult((Mask(process, "SigIgn:") & (1 << 16)) != 0));
        Assert.True(ProcessIdentity.Of(process.Id)!.Signal(signal));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(0, process.ExitCode);
        File.Delete(path);
    }

    private static long Mask(Process process, string field) =>
        Convert.ToInt64(File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal))[field.Length..].Trim(), 16);

    private sealed class EmulatorFactAttribute : FactAttribute
    {
        public EmulatorFactAttribute()
        {
            if (!File.Exists(Emulator))
            {
                Skip = $"needs {Emulator}: apt-get install qemu-user-static";
            }
        }
    }
}
