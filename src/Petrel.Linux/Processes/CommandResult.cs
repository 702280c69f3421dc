namespace Petrel.Linux.Processes;

/// <summary>
/// How a <see cref="Command"/> ended. The exit code of a program that a signal ended is 128 and the signal's number;
/// one that timed out was killed.
/// </summary>
public sealed record CommandResult(Command Command, int ExitCode, string Output, string Error, bool TimedOut)
{
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    /// <summary>This result if the program succeeded.</summary>
    /// <exception cref="CommandException">It did not; the message holds what it wrote.</exception>
    public CommandResult EnsureSuccess() => Succeeded ? this : throw new CommandException(this);
}
