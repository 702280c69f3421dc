namespace Petrel.Linux.Processes;

/// <summary>A helper program that could not be started or did not succeed.</summary>
public sealed class CommandException : Exception
{
    public CommandException(CommandResult result)
        : base(Describe(result)) => Result = result;

    public CommandException(Command command, Exception cause)
        : base($"{command.Program} could not be started: {cause.Message}", cause)
    {
    }

    /// <summary>Null when the program could not be started.</summary>
    public CommandResult? Result { get; }

    private static string Describe(CommandResult result)
    {
        var said = (result.Error.Length > 0 ? result.Error : result.Output).Trim();
        var ending = result.TimedOut ? $"did not end within {result.Command.Timeout}" : $"exited with {result.ExitCode}";
        return said.Length > 0 ? $"{result.Command} {ending}: {said}" : $"{result.Command} {ending}";
    }
}
