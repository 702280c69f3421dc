using System.Text;
using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;

namespace Petrel.Node.Probes.Actions;

/// <summary>A command in the container, which is to end with 0.</summary>
internal sealed class ExecProbe(ContainerRuntime runtime) : IProbeAction
{
    // How much of what the command prints is kept.
    private const int OutputBytesMax = 10 * 1024;

    /// <inheritdoc/>
    public bool Handles(Probe probe) => probe.Exec is not null;

    /// <inheritdoc/>
    public async Task<ProbeAnswer> RunAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        // Only variables with a value in the container's own list are known here, as upstream.
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in target.Container.Env)
        {
            variables[variable.Name] = VariableExpansion.Expand(variable.Value, variables);
        }

        var command = target.Probe.Exec!.Command.Select(word => VariableExpansion.Expand(word, variables)).ToArray();
        try
        {
            var result = await runtime.Streaming.ExecAsync(target.ContainerId, command, target.Timeout, cancellationToken);
            return result switch
            {
                { TimedOut: true } => ProbeAnswer.Failure(TimedOut(command, target.Timeout)),
                { ExitCode: 0 } => ProbeAnswer.Success,
                _ => ProbeAnswer.Failure(Output(result)),
            };
        }
        catch (GrpcException exception)
        {
            return ProbeAnswer.Error(exception.Message);
        }
    }

    private static string TimedOut(string[] command, TimeSpan timeout) =>
        $"command timed out: {GoText.Quote(string.Join(' ', command))} timed out after {GoDuration.Format(timeout)}";

    private static string Output(ExecResult result)
    {
        byte[] both = [.. result.Output.Span, .. result.Error.Span];
        return Encoding.UTF8.GetString(both.AsSpan(0, Math.Min(both.Length, OutputBytesMax)));
    }
}
