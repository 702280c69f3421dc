using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Petrel.Linux.Processes;

/// <summary>Runs helper programs: fed, timed, and with a limit to what they may say.</summary>
public sealed class CommandRunner(TimeProvider time)
{
    /// <summary>Runs a command to its end; failure is part of the result.</summary>
    /// <exception cref="CommandException">The program could not be started.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the program was killed.</exception>
    public async Task<CommandResult> RunAsync(Command command, CancellationToken cancellationToken = default)
    {
        using var process = Start(command);
        using var deadline = new CancellationTokenSource(command.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var output = CaptureAsync(process.StandardOutput, command.MaxOutputCharacters, either.Token);
        var error = CaptureAsync(process.StandardError, command.MaxOutputCharacters, either.Token);
        var input = FeedAsync(process, command.Input, either.Token);
        var timedOut = false;
        try
        {
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            await Task.WhenAll(input, output, error).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.WhenAll(input, output, error).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            timedOut = true;
        }

        return new CommandResult(command, process.ExitCode, Said(output), Said(error), timedOut);
    }

    private static Process Start(Command command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CommandException(command, e);
        }
    }

    private static async Task FeedAsync(Process process, Stream? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await input.CopyToAsync(process.StandardInput.BaseStream, cancellationToken).ConfigureAwait(false);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program did not want all of it (EPIPE); its exit code tells whether that is an error.
        }
    }

    private static async Task<string> CaptureAsync(StreamReader reader, int maxCharacters, CancellationToken cancellationToken)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        int read;
        while ((read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            kept.Append(buffer, 0, Math.Min(read, maxCharacters - kept.Length));
        }

        return kept.ToString();
    }

    private static string Said(Task<string> captured) => captured.IsCompletedSuccessfully ? captured.Result : "";
}
