using Microsoft.Extensions.Logging;
using Petrel.Grpc;
using Petrel.Linux.Processes;
using Petrel.Node.Runtime;

namespace Petrel.Node.Containerd;

/// <summary>
/// Keeps a containerd of the node's own running. It outlives the agent, and the next agent takes it over; containers
/// outlive both.
/// </summary>
public sealed partial class ContainerdHost(ContainerdOptions options, CommandRunner commands, TimeProvider time, ILogger<ContainerdHost> logger)
{
    // sockaddr_un.sun_path, less the final zero; unix(7).
    private const int LongestSocketPath = 107;

    private ProcessIdentity? _process;

    /// <summary>The process that runs now; null before <see cref="StartAsync"/>.</summary>
    public ProcessIdentity? Process => _process;

    /// <summary>
    /// Takes over the containerd that an earlier agent started, or starts one, and returns when containers can be made.
    /// One that runs with another configuration is replaced.
    /// </summary>
    /// <exception cref="ContainerdException">It is not installed or does not come up.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        CheckSocketPath();
        MakeDirectories();
        var configuration = ContainerdConfiguration.Render(options, MachineFeatures.Detect(options.RootDirectory));
        if (!await TryTakeOverAsync(configuration, cancellationToken).ConfigureAwait(false))
        {
            await File.WriteAllTextAsync(options.ConfigurationPath, configuration, cancellationToken).ConfigureAwait(false);
            _process = StartProcess();
            Log.Started(logger, _process.Id);
            await UntilReadyAsync(_process, cancellationToken).ConfigureAwait(false);
        }

        using var runtime = Connect();
        var importer = new ImageImporter(options, runtime.Images, commands, time);
        await PauseImage.EnsureAsync(runtime.Images, importer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>After <see cref="StartAsync"/>: starts containerd again whenever it ends, until cancelled.</summary>
    public async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        var pause = options.FirstRestartPause;
        while (true)
        {
            var since = time.GetTimestamp();
            if (_process is { } running)
            {
                await ProcessExit.WaitAsync(running, cancellationToken).ConfigureAwait(false);
                Log.Ended(logger, running.Id, options.LogFile);
            }

            // One that ran for long ended for a reason that waiting does not help.
            pause = time.GetElapsedTime(since) > options.MaxRestartPause ? options.FirstRestartPause : Min(pause * 2, options.MaxRestartPause);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            try
            {
                await StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ContainerdException e)
            {
                Log.RestartFailed(logger, e);
            }
        }
    }

    /// <summary>Ends containerd, not its containers.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        var process = _process ?? Daemon.Find(options.IdentityPath);
        _process = null;
        if (process is not null)
        {
            await ProcessExit.EndAsync(process, options.StopTimeout, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether one runs that is as it should be and answers; another is ended.</summary>
    private async Task<bool> TryTakeOverAsync(string configuration, CancellationToken cancellationToken)
    {
        _process = Daemon.Find(options.IdentityPath);
        if (_process is null)
        {
            return false;
        }

        if (!File.Exists(options.ConfigurationPath) || !File.ReadAllText(options.ConfigurationPath).Equals(configuration, StringComparison.Ordinal))
        {
            Log.ConfigurationChanged(logger, _process.Id);
            await StopAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }

        try
        {
            await UntilReadyAsync(_process, cancellationToken).ConfigureAwait(false);
            Log.TakenOver(logger, _process.Id);
            return true;
        }
        catch (ContainerdException e)
        {
            Log.DoesNotAnswer(logger, e);
            await StopAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }
    }

    private ContainerRuntime Connect() =>
        ContainerRuntime.Connect(options.SocketPath, time, new ContainerRuntimeOptions { RequestTimeout = options.StartTimeout });

    private ProcessIdentity StartProcess()
    {
        var log = new FileInfo(options.LogFile);
        if (log.Exists && log.Length > options.MaxLogBytes)
        {
            log.MoveTo(options.LogFile + ".1", overwrite: true);
        }

        try
        {
            return Daemon.Start(new Command(options.Program, "--config", options.ConfigurationPath), options.IdentityPath, options.LogFile);
        }
        catch (CommandException e)
        {
            throw new ContainerdException(WhatItSaid(), e);
        }
    }

    /// <summary>Its socket answers before its CRI part works, so that is what is asked.</summary>
    private async Task UntilReadyAsync(ProcessIdentity process, CancellationToken cancellationToken)
    {
        using var runtime = Connect();
        var started = time.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(5); ; pause = Min(pause * 2, TimeSpan.FromMilliseconds(200)))
        {
            try
            {
                await runtime.Status.ReadAsync(verbose: false, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (GrpcException e) when (!process.IsRunning)
            {
                throw new ContainerdException(WhatItSaid(), e);
            }
            catch (GrpcException e) when (time.GetElapsedTime(started) > options.StartTimeout)
            {
                throw new ContainerdException($"containerd runs as process {process.Id} but does not answer on {options.SocketPath}: {e.Detail}", e);
            }
            catch (GrpcException)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void CheckSocketPath()
    {
        if (System.Text.Encoding.UTF8.GetByteCount(options.SocketPath) > LongestSocketPath)
        {
            throw new ContainerdException($"{options.SocketPath} is too long for a socket ({LongestSocketPath} bytes); choose a shorter state directory");
        }
    }

    private void MakeDirectories()
    {
        foreach (var directory in (string[])[options.RootDirectory, options.StateDirectory, options.NetworkConfigurationDirectory, options.RegistryDirectory, Path.GetDirectoryName(options.LogFile)!])
        {
            Directory.CreateDirectory(directory);
        }
    }

    /// <summary>The last lines of the log: containerd gives the reason there before it ends.</summary>
    private string WhatItSaid()
    {
        var lines = File.Exists(options.LogFile) ? File.ReadLines(options.LogFile).TakeLast(5).ToList() : [];
        return lines.Exists(line => line.Contains("setsid: failed to execute", StringComparison.Ordinal))
            ? $"{options.Program} is not installed; apt-get install containerd runc containernetworking-plugins"
            : $"containerd ended at once: {string.Join('\n', lines)}";
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Started containerd as process {ProcessId}")]
        public static partial void Started(ILogger logger, int processId);

        [LoggerMessage(Level = LogLevel.Information, Message = "Took over containerd, process {ProcessId}")]
        public static partial void TakenOver(ILogger logger, int processId);

        [LoggerMessage(Level = LogLevel.Information, Message = "containerd, process {ProcessId}, runs with another configuration; replacing it")]
        public static partial void ConfigurationChanged(ILogger logger, int processId);

        [LoggerMessage(Level = LogLevel.Warning, Message = "containerd runs and does not answer; replacing it")]
        public static partial void DoesNotAnswer(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Warning, Message = "containerd, process {ProcessId}, ended; starting it again. Its log is {LogFile}")]
        public static partial void Ended(ILogger logger, int processId, string logFile);

        [LoggerMessage(Level = LogLevel.Error, Message = "Cannot start containerd; trying again")]
        public static partial void RestartFailed(ILogger logger, Exception exception);
    }
}
