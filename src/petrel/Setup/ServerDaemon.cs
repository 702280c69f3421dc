using Petrel.Client.Api;
using Petrel.Client.Http;
using Petrel.Client.Kubeconfig;
using Petrel.Linux.Processes;
using Petrel.Program.Hosting;

namespace Petrel.Program.Setup;

/// <summary>The server of a cluster in the background, as <c>petrel up</c> starts it and <c>petrel down</c> ends it.</summary>
internal sealed class ServerDaemon(ClusterPaths paths, TimeProvider time)
{
    private const int LogLinesShown = 10;
    private const long LogBytesMax = 10 * 1024 * 1024;

    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(50);

    /// <summary>The process; null when it does not run.</summary>
    public ProcessIdentity? Find() => Daemon.Find(paths.ServerIdentity);

    /// <summary>Starts this program's <c>server</c> command with the given arguments.</summary>
    public ProcessIdentity Start(IReadOnlyList<string> arguments)
    {
        Directory.CreateDirectory(paths.DataDirectory);
        if (new FileInfo(paths.ServerLog) is { Exists: true, Length: > LogBytesMax } log)
        {
            log.MoveTo(paths.ServerLog + ".1", overwrite: true);
        }

        var program = Environment.ProcessPath ?? throw new SetupException("the path of this program is not known, so the server cannot be started from it");
        return Daemon.Start(
            new Command(program, ["server", "--name", paths.Name, "--data-dir", paths.DataDirectory, "--write-kubeconfig", paths.Kubeconfig, .. arguments]),
            paths.ServerIdentity,
            paths.ServerLog);
    }

    /// <summary>Waits until the API answers that it is ready.</summary>
    /// <exception cref="SetupException">The process ended; the message ends with what it said.</exception>
    public async Task WaitUntilReadyAsync(ProcessIdentity process, CancellationToken cancellationToken)
    {
        while (!await IsReadyAsync(cancellationToken))
        {
            if (!process.IsRunning)
            {
                throw new SetupException($"the server ended at once; its log is {paths.ServerLog}:\n{LastWords()}");
            }

            await Task.Delay(ProbePause, time, cancellationToken);
        }
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(paths.Kubeconfig))
        {
            return false;
        }

        try
        {
            using var api = Connect();
            return (await api.SendAsync(new ApiRequest("GET", "/readyz"), cancellationToken)).IsSuccess;
        }
        catch (HttpRequestException)
        {
            // Nobody listens yet.
            return false;
        }
    }

    /// <summary>The API as the administrator.</summary>
    /// <exception cref="KubeconfigException">There is no kubeconfig, or it cannot be used.</exception>
    public HttpApi Connect() => new(KubeconfigFile.Load(paths.Kubeconfig).Connection(), time);

    /// <summary>Ends the server in good order, or by force when it takes longer than 30 s.</summary>
    public Task StopAsync(ProcessIdentity process, CancellationToken cancellationToken) =>
        ProcessExit.EndAsync(process, StopTimeout, time, cancellationToken);

    /// <summary>The end of the log.</summary>
    public string LastWords() => File.Exists(paths.ServerLog) ? string.Join('\n', File.ReadLines(paths.ServerLog).TakeLast(LogLinesShown)) : "";
}
