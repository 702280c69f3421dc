using System.CommandLine;
using System.Globalization;
using Petrel.Linux.Processes;
using Petrel.Program.Setup;
using Command = System.CommandLine.Command;

namespace Petrel.Program.Commands;

/// <summary><c>petrel up</c>: sets up this machine, starts the cluster in the background and waits for its node. Harmless when repeated.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var arguments = new ClusterArguments();
        var nodes = new Option<int>("--nodes") { Description = "Nodes to run on this machine", DefaultValueFactory = static _ => 1 };
        var wait = new Option<TimeSpan>("--wait")
        {
            Description = "Longest time until the node is ready, e.g. 90s or 2m",
            DefaultValueFactory = static _ => TimeSpan.FromSeconds(120),
            CustomParser = static result => Duration.Parse(result),
        };
        var command = new Command("up", "Set up this machine and start a cluster in the background") { nodes, wait };
        foreach (var option in arguments.Server)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellationToken) => CommandOutcome.RunAsync("up", async () =>
        {
            if (parsed.GetValue(nodes) is not 1 and var count)
            {
                throw new SetupException($"--nodes {count}: more than one node on a machine is not built yet; use --nodes 1");
            }

            var handedOn = arguments.Server.Except([arguments.Name, arguments.DataDirectory]).SelectMany(option => Given(parsed, option)).ToList();
            await RunAsync(arguments.ServerOf(parsed), handedOn, parsed.GetValue(wait), cancellationToken);
        }));
        return command;
    }

    private static async Task RunAsync(ServerOptions options, IReadOnlyList<string> arguments, TimeSpan wait, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        RootUser.Require();
        using var held = ClusterLock.Take(options.Paths);
        if (SystemPackages.Missing() is { Count: > 0 } missing)
        {
            Say($"installing {string.Join(' ', missing)}");
            await new SystemPackages(new CommandRunner(time)).InstallAsync(missing, cancellationToken);
        }

        using var late = new CancellationTokenSource(wait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var daemon = new ServerDaemon(options.Paths, time);
        var started = time.GetTimestamp();
        try
        {
            var process = daemon.Find();
            Say(process is null ? $"starting the server; its log is {options.Paths.ServerLog}" : $"the server runs already (process {process.Id})");
            process ??= daemon.Start(arguments);
            await daemon.WaitUntilReadyAsync(process, either.Token);
            Say($"the API is ready ({Seconds(time.GetElapsedTime(started))})");
            using var api = daemon.Connect();
            await new NodeReadiness(api, options.NodeName, time, Say).WaitAsync(either.Token);
            Say($"node {options.NodeName} is ready ({Seconds(time.GetElapsedTime(started))})");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SetupException($"not ready after {Seconds(wait)}; the server goes on trying, its log is {options.Paths.ServerLog}:\n{daemon.LastWords()}");
        }

        Console.WriteLine($"""

            The cluster is up. To use it:

              export KUBECONFIG={options.Paths.Kubeconfig}
              kubectl get pods --all-namespaces
            """);
    }

    /// <summary>An option as the user gave it; nothing where he left the default.</summary>
    private static IEnumerable<string> Given(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is { Implicit: false } result ? [option.Name, .. result.Tokens.Select(static token => token.Value)] : [];

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0} s");

    private static void Say(string what) => Console.WriteLine($"petrel up: {what}");
}
