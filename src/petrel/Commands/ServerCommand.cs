using System.CommandLine;

namespace Petrel.Program.Commands;

/// <summary><c>petrel server</c>: runs the control plane until it is told to stop.</summary>
internal static class ServerCommand
{
    public static Command Create()
    {
        var defaults = new ServerOptions();
        var dataDirectory = new Option<string>("--data-dir") { Description = "Folder that holds the store and the cluster's keys", DefaultValueFactory = _ => defaults.DataDirectory };
        var port = new Option<int>("--port") { Description = "Port of the API (HTTPS); 0 picks a free one", DefaultValueFactory = _ => defaults.Port };
        var bind = new Option<string>("--bind-address") { Description = "Address the API listens on", DefaultValueFactory = _ => defaults.BindAddress };
        var kubeconfig = new Option<string?>("--write-kubeconfig") { Description = "Write the administrator's kubeconfig to this file when the server is ready" };
        var serviceRange = new Option<string>("--service-cluster-ip-range") { Description = "Addresses of services", DefaultValueFactory = _ => defaults.ServiceClusterIpRange };
        var controlPlaneOnly = new Option<bool>("--control-plane-only") { Description = "Run no node on this machine" };
        var command = new Command("server", "Run the control plane in the foreground") { dataDirectory, port, bind, kubeconfig, serviceRange, controlPlaneOnly };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(controlPlaneOnly))
            {
                Console.Error.WriteLine("petrel server: running a node in the same process is not built yet: add --control-plane-only");
                return Task.FromResult(2);
            }

            var options = new ServerOptions
            {
                DataDirectory = parsed.GetValue(dataDirectory)!,
                Port = parsed.GetValue(port),
                BindAddress = parsed.GetValue(bind)!,
                KubeconfigPath = parsed.GetValue(kubeconfig),
                ServiceClusterIpRange = parsed.GetValue(serviceRange)!,
            };
            return ServerProcess.RunAsync(options, Console.Error, cancellationToken);
        });
        return command;
    }
}
