using System.CommandLine;

namespace Petrel.Program.Commands;

/// <summary><c>petrel server</c>: runs the control plane, and a node unless told otherwise, until it is told to stop.</summary>
internal static class ServerCommand
{
    public static Command Create()
    {
        var arguments = new ClusterArguments();
        var controlPlaneOnly = new Option<bool>("--control-plane-only") { Description = "Run no node on this machine" };
        var command = new Command("server", "Run the control plane and a node in the foreground") { controlPlaneOnly, arguments.Kubeconfig };
        foreach (var option in arguments.Server)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) =>
        {
            var options = arguments.ServerOf(parsed) with { ControlPlaneOnly = parsed.GetValue(controlPlaneOnly) };
            return ServerProcess.RunAsync(options, cancellationToken);
        });
        return command;
    }
}
