using System.Text;

namespace Petrel.Node.Runtime;

/// <summary>How a command in a container ended; one that timed out was killed and has no exit code. Each output is cut at 16 MB by the runtime.</summary>
public sealed record ExecResult(ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Error, int ExitCode, bool TimedOut)
{
    public bool Succeeded => ExitCode == 0 && !TimedOut;

    public string OutputText => Encoding.UTF8.GetString(Output.Span);

    public string ErrorText => Encoding.UTF8.GetString(Error.Span);
}
