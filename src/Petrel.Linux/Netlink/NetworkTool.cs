using System.Text;
using Petrel.Linux.Processes;

namespace Petrel.Linux.Netlink;

/// <summary>Runs the system's network programs (nft, ip, conntrack) inside a network namespace.</summary>
public sealed class NetworkTool(NetworkNamespace networkNamespace)
{
    /// <summary>The listing of a table with tens of thousands of elements must not be cut.</summary>
    private const int OutputCharactersMax = 256 * 1024 * 1024;

    private static readonly string[] SystemDirectories = ["/usr/sbin", "/sbin", "/usr/local/sbin"];
    private static readonly Dictionary<string, string> Locale = new() { ["LC_ALL"] = "C" };

    private readonly CommandRunner _runner = new(TimeProvider.System);

    /// <summary>Runs <paramref name="program"/> to its end, whatever its exit code.</summary>
    /// <exception cref="CommandException">It could not be started.</exception>
    public async Task<CommandResult> RunAsync(
        string program, IReadOnlyList<string> arguments, string input = "", CancellationToken cancellationToken = default)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var command = new Command(Find(program), arguments)
        {
            Input = stream,
            Environment = Locale,
            MaxOutputCharacters = OutputCharactersMax,
        };
        // The runner starts the program before it first yields, on the thread that is inside the namespace.
        return await networkNamespace.Run(() => _runner.RunAsync(command, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Runs <paramref name="program"/> and returns what it printed.</summary>
    /// <exception cref="CommandException">It failed; the message has the command line and what it said.</exception>
    public async Task<string> RunCheckedAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        CommandResult result = await RunAsync(program, arguments, cancellationToken: cancellationToken).ConfigureAwait(false);
        return result.EnsureSuccess().Output;
    }

    /// <summary>Services often run without the sbin directories in PATH, where these programs are.</summary>
    private static string Find(string program) =>
        SystemDirectories.Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists) ?? program;
}
