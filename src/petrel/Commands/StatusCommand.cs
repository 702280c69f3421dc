using System.CommandLine;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Program.Setup;

namespace Petrel.Program.Commands;

/// <summary><c>petrel status</c>: whether the cluster runs and how it is. Exit code 0 when its API and all nodes are ready.</summary>
internal static class StatusCommand
{
    private const int NotReady = 3;

    public static Command Create()
    {
        var arguments = new ClusterArguments();
        var command = new Command("status", "Show whether the cluster runs and how it is") { arguments.Name, arguments.DataDirectory };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var healthy = false;
            var outcome = await CommandOutcome.RunAsync("status", async () =>
            {
                var paths = arguments.PathsOf(parsed);
                var daemon = new ServerDaemon(paths, TimeProvider.System);
                var process = daemon.Find();
                Console.WriteLine($"server      {(process is null ? "not running" : $"running, process {process.Id}")}");
                if (!await daemon.IsReadyAsync(cancellationToken))
                {
                    Console.WriteLine("API         not ready");
                    return;
                }

                using var api = daemon.Connect();
                Console.WriteLine($"API         ready, kubeconfig {paths.Kubeconfig}");
                healthy = await ShowNodesAsync(api, cancellationToken);
                var pods = await api.ListAsync<Pod>(null, new ListOptions(), cancellationToken);
                var phases = pods.Items.GroupBy(static pod => pod.Status.Phase ?? "Unknown").OrderBy(static group => group.Key, StringComparer.Ordinal);
                Console.WriteLine($"pods        {pods.Items.Count} {string.Join(", ", phases.Select(static group => $"{group.Count()} {group.Key}"))}".TrimEnd());
            });
            return outcome != 0 ? outcome : healthy ? 0 : NotReady;
        });
        return command;
    }

    private static async Task<bool> ShowNodesAsync(IApi api, CancellationToken cancellationToken)
    {
        var nodes = await api.ListAsync<Api.Core.Node>(null, new ListOptions(), cancellationToken);
        var ready = true;
        foreach (var node in nodes.Items)
        {
            var condition = node.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Ready");
            var isReady = condition?.Status == "True";
            ready &= isReady;
            Console.WriteLine($"node        {node.Metadata.Name} {(isReady ? "ready" : $"not ready: {condition?.Message ?? "it has not reported yet"}")}");
        }

        return ready && nodes.Items.Count > 0;
    }
}
