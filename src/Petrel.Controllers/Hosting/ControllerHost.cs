using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Client.Informers;

namespace Petrel.Controllers.Hosting;

/// <summary>Runs the controllers of <see cref="ControllerList"/>: what upstream calls the controller manager.</summary>
/// <param name="apiFor">
/// The API as a controller sees it, by the name of its service account in kube-system (e.g. <c>deployment-controller</c>);
/// the empty name stands for the host itself (<c>system:kube-controller-manager</c>), which lists and watches for all.
/// </param>
public sealed partial class ControllerHost(ControllerOptions options, Func<string, IApi> apiFor, TimeProvider time, ILoggerFactory logging)
{
    private readonly ILogger _logger = logging.CreateLogger<ControllerHost>();

    /// <summary>Runs until cancelled. Throws when a controller or an informer ends by a bug.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var informers = new InformerFactory(apiFor(""), time, logging.CreateLogger<InformerFactory>());
        var recorders = new List<EventRecorder>();
        var controllers = new List<IController>();
        try
        {
            foreach (var make in ControllerList.All)
            {
                controllers.Add(Make(make, informers, recorders));
            }

            await RunAsync(controllers, informers, cancellationToken);
        }
        finally
        {
            foreach (var controller in controllers.OfType<IDisposable>())
            {
                controller.Dispose();
            }

            await Task.WhenAll(recorders.Select(static recorder => recorder.DisposeAsync().AsTask()));
        }
    }

    private IController Make(ControllerEntry entry, InformerFactory informers, List<EventRecorder> recorders)
    {
        var api = apiFor(entry.Account);
        var recorder = new EventRecorder(api, entry.EventSource, "", time, logging.CreateLogger<EventRecorder>());
        recorders.Add(recorder);
        var controller = entry.Make(new ControllerServices(api, informers, recorder, options, time, logging));
        controller.Setup();
        return controller;
    }

    private async Task RunAsync(List<IController> controllers, InformerFactory informers, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            informers.Start();
            await informers.WaitForSyncAsync(cancellationToken);
            Log.Started(_logger, controllers.Count);
            var running = controllers.Select(controller => controller.RunAsync(stop.Token)).Append(informers.Failure.WaitAsync(stop.Token)).ToList();
            await Task.WhenAny(running);
            await stop.CancelAsync();
            await Task.WhenAll(running);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped as asked.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Count} controllers run")]
        public static partial void Started(ILogger logger, int count);
    }
}
