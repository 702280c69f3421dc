using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Client.Informers;

namespace Petrel.Controllers.Hosting;

/// <summary>What a controller works with.</summary>
/// <param name="Api">The API under the controller's own identity.</param>
/// <param name="Informers">Shared by all controllers.</param>
/// <param name="Events">Records events in the controller's name.</param>
internal sealed record ControllerServices(
    IApi Api, InformerFactory Informers, EventRecorder Events, ControllerOptions Options, TimeProvider Time, ILoggerFactory Logging);
