using System.CommandLine;
using Petrel.Program.Setup;

namespace Petrel.Program.Commands;

/// <summary><c>petrel down</c>: stops the cluster, its containers included. Its objects stay, and <c>up</c> starts it again.</summary>
internal static class DownCommand
{
    public static Command Create()
    {
        var arguments = new ClusterArguments();
        var purge = new Option<bool>("--purge") { Description = "Remove the cluster for good, with all objects, images and volumes" };
        var command = new Command("down", "Stop the cluster") { arguments.Name, arguments.DataDirectory, purge };
        command.SetAction((parsed, cancellationToken) => CommandOutcome.RunAsync("down", async () =>
        {
            RootUser.Require();
            var paths = arguments.PathsOf(parsed);
            if (!Directory.Exists(paths.DataDirectory))
            {
                Say($"there is no cluster in {paths.DataDirectory}");
                return;
            }

            using (ClusterLock.Take(paths))
            {
                var daemon = new ServerDaemon(paths, TimeProvider.System);
                if (daemon.Find() is { } process)
                {
                    Say($"stopping the server (process {process.Id})");
                    await daemon.StopAsync(process, cancellationToken);
                }

                var teardown = new NodeTeardown(paths, TimeProvider.System);
                var pods = await teardown.StopContainersAsync(cancellationToken);
                await teardown.RemoveNetworkAsync(cancellationToken);
                Say($"stopped; {pods} pods were running or finished");
                if (parsed.GetValue(purge))
                {
                    teardown.RemoveFiles();
                    Say($"removed {paths.DataDirectory} and all that belonged to it");
                }
            }
        }));
        return command;
    }

    private static void Say(string what) => Console.WriteLine($"petrel down: {what}");
}
