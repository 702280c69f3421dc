using System.Globalization;
using System.Runtime.InteropServices;

namespace Petrel.Linux.Processes;

/// <summary>
/// One process and no other: numbers are used again, so the time it started and the boot it started in are part
/// of who it is: the clock ticks from boot to start (proc_pid_stat(5), field 22) and the boot's random name.
/// </summary>
public sealed partial record ProcessIdentity(int Id, ulong StartTicks, string BootId)
{
    private const int NoSuchProcess = 3;
    private static readonly Lazy<string> CurrentBootId = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    /// <summary>The process that has this number now; null when none runs under it (a zombie has ended).</summary>
    public static ProcessIdentity? Of(int id)
    {
        try
        {
            return FromStat(File.ReadAllText($"/proc/{id}/stat"), CurrentBootId.Value);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The process a file names with the text of its /proc/PID/stat and, on a line of its own, of the boot id; null when it names none.</summary>
    public static ProcessIdentity? FromFile(string path)
    {
        try
        {
            return File.ReadAllLines(path) is [var stat, var boot] ? FromStat(stat, boot) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public bool IsRunning => Of(Id) == this;

    /// <summary>Sends a signal; false when the process has ended.</summary>
    /// <exception cref="SystemCallException">Not permitted.</exception>
    public bool Signal(ProcessSignal signal)
    {
        if (!IsRunning)
        {
            return false;
        }

        if (KillCall(Id, (int)signal) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == NoSuchProcess ? false : throw SystemCallException.Last($"kill {Id}");
    }

    private static ProcessIdentity? FromStat(string stat, string bootId)
    {
        // The second field is the program's name in parentheses and may itself contain both.
        var name = stat.IndexOf('(', StringComparison.Ordinal);
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return name > 0 && fields.Length > 19 && fields[0] is not ("Z" or "X")
            ? new ProcessIdentity(int.Parse(stat.AsSpan(0, name), CultureInfo.InvariantCulture), ulong.Parse(fields[19], CultureInfo.InvariantCulture), bootId)
            : null;
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int KillCall(int id, int signal);
}
