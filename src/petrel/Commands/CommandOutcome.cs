using System.Net.Sockets;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Client.Kubeconfig;
using Petrel.Linux.Processes;
using Petrel.Network.Pods;
using Petrel.Node.Containerd;
using Petrel.Program.Setup;

namespace Petrel.Program.Commands;

/// <summary>How commands end: errors a user can mend are one message and exit code 1, all others are bugs and show where.</summary>
internal static class CommandOutcome
{
    public static async Task<int> RunAsync(string command, Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception refused) when (IsUsers(refused))
        {
            await Console.Error.WriteLineAsync($"petrel {command}: {refused.Message}");
            return 1;
        }
    }

    private static bool IsUsers(Exception exception) => exception
        is SetupException or IOException or UnauthorizedAccessException or SocketException or FormatException
        or PkiException or PodNetworkException or ContainerdException or CommandException or KubeconfigException
        or HttpRequestException or ApiException;
}
