using System.Diagnostics;

namespace Petrel.Node.Tests.Streaming;

/// <summary>The real kubectl of one minor version, made to use one transport, against one API server.</summary>
internal sealed class Kubectl(string program, string transport, Uri server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-kubectl").FullName;

    /// <summary>Versions that are installed as kubectl.1.NN beside the kubectl on the path, and the transports each knows.</summary>
    public static IReadOnlyList<(string Version, string Transport)> Installed { get; } =
    [
        .. new[] { ("1.27", "SPDY"), ("1.29", "SPDY"), ("1.31", "WebSocket"), ("1.33", "SPDY"), ("1.33", "WebSocket") }
            .Where(choice => ProgramOf(choice.Item1) is not null),
    ];

    public static Kubectl Of(string version, string transport, Uri server) => new(ProgramOf(version)!, transport, server);

    public async Task<(int ExitCode, byte[] Output, string Error)> RunAsync(ReadOnlyMemory<byte>? input, params string[] arguments)
    {
        using var process = Start(program, Arguments(arguments));
        var sending = SendAsync(process, input);
        using var output = new MemoryStream();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output).WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        await sending;
        return (process.ExitCode, output.ToArray(), await error);
    }

    /// <summary>Runs until the caller kills it.</summary>
    public Process Start(params string[] arguments) => Start(program, Arguments(arguments));

    /// <summary>Runs on a terminal of 40 rows and 100 columns that becomes 50 by 120 when the file appears.</summary>
    public Process StartOnTerminal(string resizeFile, params string[] arguments)
    {
        var command = string.Join(' ', Arguments(arguments).Prepend(program).Select(argument => $"'{argument}'"));
        var resize = $"(until [ -e {resizeFile} ]; do sleep 0.1; done; stty rows 50 cols 120 </dev/tty) &";
        return Start("script", ["-qec", $"stty rows 40 cols 100; {resize} {command}", "/dev/null"]);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static string? ProgramOf(string version)
    {
        var kubectl = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(directory => Path.Combine(directory, "kubectl"))
            .FirstOrDefault(File.Exists);
        if (kubectl is null)
        {
            return null;
        }

        var resolved = File.ResolveLinkTarget(kubectl, returnFinalTarget: true)?.FullName ?? kubectl;
        var versioned = Path.Combine(Path.GetDirectoryName(resolved)!, $"kubectl.{version}");
        return File.Exists(versioned) ? versioned : null;
    }

    private static async Task SendAsync(Process process, ReadOnlyMemory<byte>? input)
    {
        try
        {
            if (input is { } bytes)
            {
                await process.StandardInput.BaseStream.WriteAsync(bytes);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // kubectl may end before it has read everything.
        }
    }

    private string[] Arguments(string[] arguments) =>
        [$"--server={server}", "--insecure-skip-tls-verify", $"--token={StreamingNode.Token}", $"--cache-dir={_directory}", .. arguments];

    private Process Start(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var webSockets = transport == "WebSocket" ? "true" : "false";
        start.Environment["KUBECTL_REMOTE_COMMAND_WEBSOCKETS"] = webSockets;
        start.Environment["KUBECTL_PORT_FORWARD_WEBSOCKETS"] = webSockets;
        start.Environment["KUBECONFIG"] = "/dev/null";
        return Process.Start(start)!;
    }
}
