using System.Diagnostics;

namespace Petrel.Linux.Processes;

/// <summary>Starts programs that outlive this one.</summary>
public static class Daemon
{
    // The shell writes down who the program will be before it becomes it, so that there is no moment at which it runs
    // and nobody could find it again. setsid gives it a session of its own: neither a Ctrl-C nor the end of this
    // process's pipes reaches it. Both replace themselves: the number stays the program's.
    private const string Script =
        """
        cat /proc/$$/stat /proc/sys/kernel/random/boot_id >"$PETREL_DAEMON_IDENTITY" &&
        exec setsid "$@" >>"$PETREL_DAEMON_LOG" 2>&1 </dev/null
        """;

    /// <summary>Starts a program whose output is appended to a log file, and which <see cref="Find"/> finds by its identity file.</summary>
    /// <exception cref="CommandException">It ended at once.</exception>
    public static ProcessIdentity Start(Command command, string identityPath, string logPath)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", command.Program, .. command.Arguments]) { RedirectStandardInput = true };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["PETREL_DAEMON_IDENTITY"] = identityPath;
        start.Environment["PETREL_DAEMON_LOG"] = logPath;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        return ProcessIdentity.Of(process.Id)
            ?? throw new CommandException(command, new IOException($"it ended at once; see {logPath}"));
    }

    /// <summary>The daemon an earlier run started with this identity file; null when it no longer runs.</summary>
    public static ProcessIdentity? Find(string identityPath) => ProcessIdentity.FromFile(identityPath) is { IsRunning: true } daemon ? daemon : null;
}
