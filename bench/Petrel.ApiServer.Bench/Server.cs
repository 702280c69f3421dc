using System.Diagnostics;
using System.Globalization;
using Petrel.Client.Http;
using Petrel.Client.Kubeconfig;

namespace Petrel.ApiServer.Bench;

/// <summary>A <c>petrel server</c> process of its own, with a data directory that goes with it.</summary>
internal sealed class Server : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("petrel-bench-").FullName;
    private readonly Process _process;

    private Server(string program)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardError = true,
            ArgumentList = { "server", "--control-plane-only", "--data-dir", _directory, "--port", "0", "--bind-address", "127.0.0.1", "--write-kubeconfig", Kubeconfig },
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
    }

    /// <summary>Time from the start of the process to the line that says it is ready.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Memory that is resident, in MB.</summary>
    public double ResidentMegabytes =>
        double.Parse(File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    private string Kubeconfig => Path.Combine(_directory, "admin.conf");

    public static async Task<Server> StartAsync(string program)
    {
        var started = Stopwatch.GetTimestamp();
        var server = new Server(program);
        while (await server._process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains(": ready on ", StringComparison.Ordinal))
            {
                server.StartTime = Stopwatch.GetElapsedTime(started);
                return server;
            }

            await Console.Error.WriteLineAsync(line);
        }

        throw new InvalidOperationException("the server ended before it was ready");
    }

    /// <summary>How the administrator reaches the server.</summary>
    public HttpApiOptions Administrator => KubeconfigFile.Load(Kubeconfig).Connection();

    public Task<Connection> ConnectAsync(int bufferBytes = 256 * 1024) => Connection.OpenAsync(Administrator, bufferBytes);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
