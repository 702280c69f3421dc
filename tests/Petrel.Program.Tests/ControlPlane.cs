using System.Diagnostics;

namespace Petrel.Program.Tests;

/// <summary>A real <c>petrel server</c> process with a data directory of its own, and the real kubectl to talk to it.</summary>
public sealed class ControlPlane : IAsyncLifetime
{
    // A launcher that has no build of these sources yet makes one first.
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(10);

    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-program-").FullName;
    private Process? _server;

    public string KubeconfigPath => Path.Combine(_directory, "admin.conf");

    public Task InitializeAsync() => StartAsync();

    public Task DisposeAsync()
    {
        Kill();
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Starts the server on the data directory and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Repository.Launcher)
        {
            RedirectStandardError = true,
            ArgumentList = { "server", "--control-plane-only", "--data-dir", _directory, "--port", "0", "--bind-address", "127.0.0.1", "--write-kubeconfig", KubeconfigPath },
        };
        _server = Process.Start(start) ?? throw new InvalidOperationException("petrel did not start");
        using var timeout = new CancellationTokenSource(ReadyWithin);
        var lines = new List<string>();
        while (await _server.StandardError.ReadLineAsync(timeout.Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains(": ready on ", StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException("petrel ended before it was ready:\n" + string.Join('\n', lines));
    }

    /// <summary>Ends the server without warning, as a power cut would.</summary>
    public void Kill()
    {
        if (_server is { HasExited: false })
        {
            _server.Kill();
            _server.WaitForExit();
        }

        _server?.Dispose();
        _server = null;
    }

    /// <summary>Runs kubectl as the administrator.</summary>
    public Task<CommandResult> KubectlAsync(string? input, params string[] arguments) => RunAsync("kubectl", input, arguments);

    /// <summary>Runs one of <see cref="KubectlVersions"/> as the administrator.</summary>
    public Task<CommandResult> VersionAsync(string program, string? input, params string[] arguments) => RunAsync(KubectlVersions.PathOf(program), input, arguments);

    private Task<CommandResult> RunAsync(string program, string? input, string[] arguments) =>
        RunningProcess.RunAsync(input, new Dictionary<string, string> { ["KUBECONFIG"] = KubeconfigPath, ["HOME"] = _directory }, program, arguments);
}
